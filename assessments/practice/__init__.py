"""Practice: a learner answers again what was answered wrongly. Nothing in it counts."""
