"""How long a learner took over each question, as far as the server can know."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from assessments.models import Attempt, DraftAnswer

# Whoever comes back after so long was not at the question all the time.
AWAY = timedelta(minutes=30)


def time_spent(attempt: Attempt, drafts: Mapping[UUID, DraftAnswer]) -> dict[UUID, timedelta]:
    """Return the time from the save before to the last save of an answer, by question.

    Answers that came together, as from a form without JavaScript, say nothing about each other.
    """
    spent: dict[UUID, timedelta] = {}
    together = Counter(draft.saved_at for draft in drafts.values())
    before = attempt.started_at
    for key, draft in sorted(drafts.items(), key=lambda item: (item[1].saved_at, item[0])):
        if before and together[draft.saved_at] == 1 and before < draft.saved_at:
            took = draft.saved_at - before
            if took <= AWAY:
                spent[key] = took
        before = draft.saved_at
    return spent
