"""Long answers are graded here: who may, what waits, what the points come to."""
