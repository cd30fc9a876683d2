"""Schema migrations, run by the program at start."""
