"""A report that is frozen: files that the log gives back to the byte, and a sealed summary."""
