"""Statistics for the action: whom it reached, what they gained, and what they still get wrong.

Every figure is counted from projections when it is asked for, within a mandate and the filters of
the completion report. All of them may leave an institution: small cells are hidden, with those
from which they could be worked out (`reports.small_cells`).
"""
