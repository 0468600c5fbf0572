"""Grading, numeric generators and the order of a session: pure functions."""
