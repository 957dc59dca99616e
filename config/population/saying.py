"""The statements of a population: those of the builders, with the values of each put in.

A builder and its JSON take half a millisecond, four times for each of a million enrolments. So
each kind of statement is built once for each edition, with values that stand for others, and its
text is cut there. What is put together from the pieces is what the builder makes, to the byte.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from tincan import Statement as XapiStatement

from assessments.attempts import facts_of as facts_of_attempt
from certificates.claims import class_of
from certificates.issuing import facts_of as facts_of_sheet
from certificates.models import Decision, Reason, Sheet
from config.population.plans import Plan
from courses.enrolment import registration_facts
from courses.study import completion_facts
from lrs.entries import Entry
from lrs.log import entry_of
from people.models import Institution, Profession, User
from xapi import statements, types, verbs
from xapi.iris import activity_iri, statement_id

POINTS = 20.0
REVOKED_BECAUSE = "Invented, like everything about this certificate."


@dataclass(frozen=True)
class Said:
    """What one statement says beyond its edition."""

    actor: UUID
    registration: UUID
    at: datetime
    profession: str
    institution: UUID
    raw: float
    certificate: UUID
    serial: str
    sha256: str
    valid_until: date | None
    by: UUID
    words: UUID
    language: str

    @property
    def person(self) -> User:
        """Somebody with the profession and the institution, for the functions that ask one."""
        profession, institution = Profession(key=self.profession), Institution(key=self.institution)
        return User(profession=profession, institution=institution)

    @property
    def common(self) -> dict[str, Any]:
        return {"actor": self.actor, "registration": self.registration, "at": self.at}


Builder = Callable[[Plan, Said], XapiStatement]


def sheet_of(plan: Plan, said: Said) -> Sheet:
    """Return the sheet of an invented certificate: in the register, but never drawn or printed."""
    return Sheet(
        key=said.certificate,
        registration=said.registration,
        serial=said.serial,
        sha256=said.sha256,
        course_key=plan.course,
        course_title_en=plan.title,
        course_title_sr=plan.title,
        certificate_class=class_of(plan.edition.rule),
        edition=plan.edition.number,
        minutes=plan.edition.minutes,
        law_as_of=plan.edition.law_as_of,
        completed_on=said.at.date(),
        valid_until=said.valid_until,
        issued_at=said.at,
    )


def decision_on(said: Said) -> Decision:
    """Return why an invented certificate was revoked."""
    return Decision(
        key=said.words,
        certificate=said.certificate,
        reason=Reason.ERROR.value,
        by=said.by,
        text=REVOKED_BECAUSE,
        written_at=said.at,
    )


def _registered(plan: Plan, said: Said) -> XapiStatement:
    facts = registration_facts(user=said.person, edition=plan.edition)
    return statements.registered(course=plan.course, facts=facts, **said.common)


def _started(plan: Plan, said: Said) -> XapiStatement:
    first = next(plan.edition.activities())
    return statements.initialized(
        course=plan.course, key=UUID(first["key"]), type_=types.LESSON, **said.common
    )


def _attempted(number: int) -> Builder:
    def build(plan: Plan, said: Said) -> XapiStatement:
        quiz = _quiz(plan)
        facts = facts_of_attempt(quiz, drawn=[], sections=[], deadline=None)
        return statements.attempted(
            course=plan.course, quiz=quiz.key, number=number, facts=facts, **said.common
        )

    return build


def _judged(number: int, *, passed: bool) -> Builder:
    def build(plan: Plan, said: Said) -> XapiStatement:
        quiz = _quiz(plan)
        return statements.judged(
            course=plan.course,
            quiz=quiz.key,
            number=number,
            passed=passed,
            raw=said.raw,
            maximum=POINTS,
            facts={"pass-mark": quiz.pass_mark},
            **said.common,
        )

    return build


def _satisfied(plan: Plan, said: Said) -> XapiStatement:
    module = plan.edition.modules[-1]
    required = [one["key"] for one in module["activities"] if one["required"]]
    facts = {"edition": plan.edition.number, "required": required}
    module_key = UUID(module["key"])
    return statements.satisfied(course=plan.course, module=module_key, facts=facts, **said.common)


def _completed(plan: Plan, said: Said) -> XapiStatement:
    return statements.completed(
        course=plan.course,
        key=plan.course,
        type_=types.COURSE,
        facts=completion_facts(user=said.person, edition=plan.edition),
        scaled=said.raw / POINTS if plan.quiz else None,
        language=said.language,
        **said.common,
    )


def _earned(plan: Plan, said: Said) -> XapiStatement:
    return statements.earned(
        course=plan.course,
        certificate=said.certificate,
        facts=facts_of_sheet(sheet_of(plan, said)),
        **said.common,
    )


def _revoked(plan: Plan, said: Said) -> XapiStatement:
    return statements.revoked(
        course=plan.course,
        certificate=said.certificate,
        facts=decision_on(said).facts,
        **said.common,
    )


def _left(plan: Plan, said: Said) -> XapiStatement:
    return statements.left(course=plan.course, **said.common)


def _quiz(plan: Plan) -> Any:
    if plan.quiz is None:
        raise LookupError(f"{plan.edition} has no test whose score is the result")
    return plan.quiz


BUILDERS: Mapping[str, Builder] = {
    "registered": _registered,
    "started": _started,
    "attempted": _attempted(1),
    "failed": _judged(1, passed=False),
    "passed": _judged(1, passed=True),
    "attempted again": _attempted(2),
    "passed again": _judged(2, passed=True),
    "satisfied": _satisfied,
    "completed": _completed,
    "earned": _earned,
    "revoked": _revoked,
    "left": _left,
}

# Values that stand for others: none of them is found in a statement by itself.
_STANDS = Said(
    actor=UUID("0a0a0a0a-0000-4000-8000-00000000a001"),
    registration=UUID("0a0a0a0a-0000-4000-8000-00000000a002"),
    at=datetime(1999, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
    profession="profession-that-stands-for-another",
    institution=UUID("0a0a0a0a-0000-4000-8000-00000000a003"),
    raw=0.0123456789,
    certificate=UUID("0a0a0a0a-0000-4000-8000-00000000a004"),
    serial="SERIAL-THAT-STANDS-FOR-ANOTHER",
    sha256=sha256(b"stands for another").hexdigest(),
    valid_until=date(1999, 6, 7),
    by=UUID("0a0a0a0a-0000-4000-8000-00000000a005"),
    words=UUID("0a0a0a0a-0000-4000-8000-00000000a006"),
    language="qzz",
)
_VALUES: Mapping[str, Callable[[Said], str]] = {
    "actor": lambda said: str(said.actor),
    "registration": lambda said: str(said.registration),
    "at": lambda said: said.at.isoformat(),
    "profession": lambda said: json.dumps(said.profession, ensure_ascii=False)[1:-1],
    "institution": lambda said: str(said.institution),
    "raw": lambda said: json.dumps(said.raw),
    "scaled": lambda said: json.dumps(said.raw / POINTS),
    "certificate": lambda said: str(said.certificate),
    "serial": lambda said: said.serial,
    "sha256": lambda said: said.sha256,
    "valid_until": lambda said: said.valid_until.isoformat() if said.valid_until else "",
    "by": lambda said: str(said.by),
    "words": lambda said: str(said.words),
    "language": lambda said: said.language,
}


class Mould:
    """One kind of statement of one edition, cut where its values stand."""

    def __init__(self, kind: str, plan: Plan) -> None:
        stands = _STANDS if plan.months is not None else _lasting(_STANDS)
        entry = entry_of(BUILDERS[kind](plan, stands), stands.at)
        self.verb: str = entry.body["verb"]["id"]
        self.about: str = entry.body["object"]["id"]
        self.is_certificate = self.about == activity_iri(stands.certificate)
        self.occurrence = _occurrence(entry, stands)
        texts = {value(_STANDS): name for name, value in _VALUES.items()} | {str(entry.id): "id"}
        cut = re.split("(" + "|".join(map(re.escape, texts)) + ")", entry.text)
        self._literal = cut[0::2]
        self._names = [texts[found] for found in cut[1::2]]

    def entry(self, said: Said) -> Entry:
        """Return the statement with these values, complete."""
        about = activity_iri(said.certificate) if self.is_certificate else self.about
        id_ = statement_id(said.registration, self.verb, about, self.occurrence)
        pieces = [self._literal[0]]
        for name, literal in zip(self._names, self._literal[1:], strict=True):
            pieces += (str(id_) if name == "id" else _VALUES[name](said), literal)
        text = "".join(pieces)
        entry = Entry(id=id_, body=json.loads(text), stored=said.at, timestamp=said.at)
        return entry.complete(text)


def moulds_of(plan: Plan) -> dict[str, Mould]:
    """Return a mould for each kind of statement that an edition can have."""
    tests = ("attempted", "failed", "passed", "attempted again", "passed again")
    kinds = [kind for kind in BUILDERS if plan.quiz or kind not in tests]
    return {kind: Mould(kind, plan) for kind in kinds}


def _lasting(said: Said) -> Said:
    return Said(**{**vars(said), "valid_until": None})


def _occurrence(entry: Entry, said: Said) -> str:
    """Return which occurrence the builder has counted. Raises LookupError."""
    verb, about = entry.body["verb"]["id"], entry.body["object"]["id"]
    for occurrence in ("", "1", "2"):
        if statement_id(said.registration, verb, about, occurrence) == entry.id:
            return occurrence
    raise LookupError(f"{verbs.ADL}: the id of {verb} is made in another way")
