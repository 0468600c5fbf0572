"""Runs in the formats of other programs. Each is imported only where it is asked for."""
