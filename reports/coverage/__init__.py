"""Who is obliged to take a course, how many of them have, and who is missing."""
