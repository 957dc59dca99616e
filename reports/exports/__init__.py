"""The completion report as a file: its formats, and the tasks that make large ones."""
