"""The methods of the Bot API: what a call does to the world, and what it is refused for."""
