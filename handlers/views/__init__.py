"""Answer to message: pure, no input or output."""
