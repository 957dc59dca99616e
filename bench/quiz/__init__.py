"""Five hundred learners who take a quiz at once: what is lost, and how long each waits."""
