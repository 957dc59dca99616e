"""A cohort's certificates as one ZIP and one list."""
