"""`learncurve record ...`: the learner's record goes out, comes in, comes back, and is fitted to."""
