"""What the demos compute: states that are values, and functions that return the next one. No Textual in it."""
