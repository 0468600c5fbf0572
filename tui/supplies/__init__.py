"""What demos are given from outside, a piece at a time: models that are counted, and models that answer."""
