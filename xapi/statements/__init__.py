"""One builder per event. Each takes keyword arguments and returns a `tincan.Statement`.

`at` is when it happened, an aware datetime. What a later verdict or report needs to know stands in
the context extensions, so that the log can be read without the site that wrote it.
"""

from xapi.statements.answers import answered, answered_anew, attempted, of_generation, submitted
from xapi.statements.building import account, activity, statement, voided
from xapi.statements.certificates import earned, revoked
from xapi.statements.enrolment import left, registered
from xapi.statements.permits import authorized, given_time
from xapi.statements.study import completed, initialized, progressed, satisfied
from xapi.statements.verdicts import judged, scored

__all__ = [
    "account",
    "activity",
    "answered",
    "answered_anew",
    "attempted",
    "authorized",
    "completed",
    "earned",
    "given_time",
    "initialized",
    "judged",
    "left",
    "of_generation",
    "progressed",
    "registered",
    "revoked",
    "satisfied",
    "scored",
    "statement",
    "submitted",
    "voided",
]
