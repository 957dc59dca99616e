"""A trial of a quiz: an author goes through it as a learner will, and nothing is recorded.

Paper, forms and result are those of a learner (see `sitting`); only the answers are kept elsewhere,
in the session.
"""
