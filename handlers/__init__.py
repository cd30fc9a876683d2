"""What a person can do in the chat."""
