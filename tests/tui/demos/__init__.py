"""The demos: what they compute, and how they are played with."""
