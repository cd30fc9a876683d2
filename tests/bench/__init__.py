"""Measurements over JSON lines and the clock."""
