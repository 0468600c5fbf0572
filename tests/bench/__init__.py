"""Measurements beside their peers."""
