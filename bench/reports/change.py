"""Writes a change, so that the totals of a report have to be counted anew."""

import django

django.setup()

from bench.reports.plan import touched

if __name__ == "__main__":
    touched()
