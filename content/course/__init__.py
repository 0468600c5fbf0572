"""Types, loader and linter of a course folder."""
