"""Misreadings: what a scanner made of the letters, found by evidence."""
