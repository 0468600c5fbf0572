"""What a sound course obeys: one file of rules for each part of it."""
