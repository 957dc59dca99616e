"""The completion report as it stood at a moment, from the log alone."""
