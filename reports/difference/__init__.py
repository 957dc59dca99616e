"""What is otherwise in a report at two moments."""
