"""In which language an attempt was made, as the log says: for verdicts that come later.

A trainer who grades, a key that is set right, or the clock has a page of its own or none at all.
None of them is that of the learner.
"""

from assessments.models import Attempt
from lrs.events import Event
from lrs.models import Statement
from xapi import verbs
from xapi.iris import activity_iri, statement_id


def language_of(attempt: Attempt) -> str:
    """Return the language in which an attempt was handed in, or else begun.

    What was judged at once was not handed in to anybody: then its beginning counts. Empty where
    the log does not say it, as of old attempts.
    """
    quiz = activity_iri(attempt.quiz_key)
    handed_in, begun = (
        statement_id(attempt.registration, verb.id, quiz, str(attempt.number))
        for verb in (verbs.SUBMITTED, verbs.ATTEMPTED)
    )
    said = {
        row.id: Event.of(row).language
        for row in Statement.objects.filter(id__in=[handed_in, begun])
    }
    return said.get(handed_in) or said.get(begun, "")
