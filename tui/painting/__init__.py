"""What reaches the terminal: the cells that changed, in as few bytes as they take."""
