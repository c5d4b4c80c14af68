"""Runs in other forms, one file a format, and as text for a terminal."""
