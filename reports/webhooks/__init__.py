"""Hints to machine clients that there is news in the feed: signed, retried, and without content."""
