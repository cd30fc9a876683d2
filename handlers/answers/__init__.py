"""Question to Answer over a database session; knows no Telegram."""
