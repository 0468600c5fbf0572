"""What a run says: progress, series, smoothing, diagnosis."""
