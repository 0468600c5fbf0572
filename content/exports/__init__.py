"""The record and the course in files that other programs, authors and teachers read."""
