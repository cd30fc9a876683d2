"""Spanish text to a Question: pure, no input or output, no Telegram, no database."""
