"""The signed act as data, and how it gets into the database."""
