"""The demos as a learner sees them: each draws a state of `tui.demos`, says it as text, and binds its keys."""
