"""Scores that change after the fact: a key that was wrong, a score that somebody corrects.

Nothing is overwritten: the statement that no longer counts is voided, and another of the next
generation says what counts now, by whom and why. A pass is never taken away.
"""
