"""Code of a course's pages, run by a process of its own within limits: the light side."""
