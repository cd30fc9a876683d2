"""A Telegram on this machine: a Bot API on loopback and a chat in the browser; no token needed."""
