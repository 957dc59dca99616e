"""Attempts as trainers see them in the CMS: those of a quiz, and one as its learner saw it."""
