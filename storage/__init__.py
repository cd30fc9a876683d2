"""What is kept and how it is found; the only package that knows SQL."""
