"""One example for every verb. `python -m tests.xapi.examples` writes the golden files anew."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from tincan import Statement

from xapi import statements, types

GOLDEN = Path(__file__).parent / "golden"


def key(number: int) -> UUID:
    """Return a key that is easy to recognise."""
    return UUID(int=number)


ACTOR, COURSE, REGISTRATION, MODULE, LESSON, QUIZ, QUESTION = map(key, range(1, 8))
CERTIFICATE, TRAINER, REASON, EARLIER, WRITING, ROUND = map(key, range(8, 14))
ORIGINAL, REFRESHED, RENEWAL = map(key, range(14, 17))
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
WHO: Mapping[str, Any] = {
    "actor": ACTOR,
    "course": COURSE,
    "registration": REGISTRATION,
    "at": AT,
}
ANSWER: Mapping[str, Any] = {
    "key": QUESTION,
    "parent": statements.activity(QUIZ, types.ASSESSMENT),
    "kind": "choice",
    "correct": ["a"],
    "response": "b",
    "success": False,
    "scaled": 0.0,
    "occurrence": f"{QUIZ} 2",
    "facts": {"attempt": 2, "revision": 31, "choices": "b"},
}
PRACTICE: Mapping[str, Any] = {
    "key": QUESTION,
    "parent": statements.activity(COURSE, types.COURSE),
    "kind": "choice",
    "correct": ["a"],
    "response": "a",
    "success": True,
    "scaled": 1.0,
    "occurrence": f"practice {ROUND}",
    "facts": {
        "practice": str(ROUND),
        "revision": 31,
        "words": {"sr": 32},
        "options": ["b", "a"],
        "choices": "a",
    },
}
CHECK: Mapping[str, Any] = {
    "key": LESSON,
    "part": "block-1",
    "parent": statements.activity(LESSON, types.LESSON),
    "kind": "choice",
    "correct": ["no"],
    "response": "no",
    "success": True,
    "occurrence": "form-1",
    "facts": {"revision": 12},
}


def examples() -> dict[str, Statement]:
    """Return a statement for each golden file, by its name."""
    return {
        "registered": statements.registered(
            **WHO,
            facts={
                "edition": 2,
                "minutes": 36,
                "law-as-of": "2026-11-01",
                "profession": "judge",
                "institution": str(key(20)),
                "function": "court-president",
                "cohort": str(key(21)),
            },
        ),
        "left": statements.left(**WHO),
        "initialized": statements.initialized(**WHO, key=LESSON, type_=types.LESSON),
        "completed-lesson": statements.completed(
            **WHO, key=LESSON, type_=types.LESSON, facts={"revision": 12}, language="sr"
        ),
        "completed-course": statements.completed(
            **WHO,
            key=COURSE,
            type_=types.COURSE,
            scaled=0.85,
            language="sr",
            facts={
                "edition": 2,
                "rule": {"complete": "all required", "result": [str(QUIZ)]},
                "required": [str(LESSON), str(QUIZ)],
                "minutes": 36,
                "law-as-of": "2026-11-01",
                "profession": "judge",
                "function": "court-president",
            },
        ),
        "completed-refresher": statements.completed(
            **{**WHO, "registration": REFRESHED},
            key=COURSE,
            type_=types.COURSE,
            scaled=1.0,
            facts={
                "edition": 1,
                "rule": {"complete": "all required", "result": [str(QUIZ)]},
                "required": [str(LESSON), str(QUIZ)],
                "minutes": 40,
                "law-as-of": "2028-05-01",
                "refreshes": str(ORIGINAL),
                "profession": "judge",
            },
        ),
        "satisfied": statements.satisfied(
            **WHO, module=MODULE, facts={"edition": 2, "required": [str(LESSON), str(QUIZ)]}
        ),
        "progressed": statements.progressed(**WHO, module=MODULE, percent=50),
        "attempted": statements.attempted(
            **WHO,
            quiz=QUIZ,
            number=2,
            language="en",
            facts={
                "questions": [{"key": str(QUESTION), "revision": 31, "options": ["b", "a"]}],
                "pass-mark": 70,
                "deadline": "2026-11-24T10:00:00+00:00",
                "revision": 40,
                "form": "B",
                "pre-test": str(EARLIER),
            },
        ),
        "answered-in-quiz": statements.answered(**WHO, **ANSWER),
        "answered-self-check": statements.answered(**WHO, **CHECK),
        "answered-in-practice": statements.answered(**WHO, **PRACTICE),
        "submitted": statements.submitted(**WHO, quiz=QUIZ, number=2, language="sr"),
        "scored": statements.scored(
            **{**WHO, "actor": TRAINER},
            parent=statements.activity(QUIZ, types.ASSESSMENT),
            question=QUESTION,
            scaled=0.75,
            raw=4.5,
            maximum=6,
            occurrence=f"{WRITING} 1",
            facts={
                "attempt": 2,
                "writing": str(WRITING),
                "round": 1,
                "points": {"criterion-1": 3, "criterion-2": 1.5},
                "settled": 0.75,
                "remark": str(REASON),
                "remark-sha256": "ab" * 32,
            },
        ),
        "passed": _judged(passed=True, raw=4),
        "failed": _judged(passed=False, raw=1.5),
        "authorized": statements.authorized(
            **{**WHO, "actor": TRAINER},
            quiz=QUIZ,
            occurrence=str(REASON),
            facts={"reason": str(REASON), "reason-sha256": "ab" * 32},
        ),
        "authorized-time": statements.given_time(
            **{**WHO, "actor": TRAINER},
            occurrence=str(REASON),
            facts={
                "extra-time": 50,
                "deadlines": [
                    {"quiz": str(QUIZ), "attempt": 2, "deadline": "2026-11-24T10:15:00+00:00"}
                ],
                "reason": str(REASON),
                "reason-sha256": "ab" * 32,
            },
        ),
        "earned": statements.earned(
            **WHO,
            certificate=CERTIFICATE,
            facts={
                "serial": "PTK-2026-0000001",
                "sha256": "cd" * 32,
                "edition": 2,
                "minutes": 36,
                "class": "achievement",
                "law-as-of": "2026-11-01",
                "valid-until": "2029-11-30",
                "generation": 2,
                "replaces": str(EARLIER),
                "reason": "name",
                "by": str(TRAINER),
                "words": str(REASON),
                "words-sha256": "ab" * 32,
            },
        ),
        "earned-renewal": statements.earned(
            **{**WHO, "course": ORIGINAL},
            certificate=RENEWAL,
            facts={
                "serial": "PTK-2028-0000001",
                "sha256": "cd" * 32,
                "edition": 2,
                "minutes": 160,
                "class": "achievement",
                "law-as-of": "2028-05-01",
                "valid-until": "2031-05-12",
                "generation": 2,
                "renews": str(EARLIER),
                "renewed-on": "2028-05-12",
                "refresher": str(COURSE),
                "refresher-edition": 1,
                "refresher-minutes": 40,
                "refresher-registration": str(REFRESHED),
            },
        ),
        "revoked": statements.revoked(
            **{**WHO, "actor": TRAINER},
            certificate=CERTIFICATE,
            facts={"reason": "error", "words": str(REASON), "words-sha256": "ab" * 32},
        ),
        "voided": statements.voided(actor=TRAINER, target=EARLIER, at=AT),
    }


def _judged(*, passed: bool, raw: float) -> Statement:
    return statements.judged(
        **WHO,
        quiz=QUIZ,
        number=2,
        passed=passed,
        raw=raw,
        maximum=5,
        facts={"pass-mark": 70},
    )


def as_json(statement: Statement) -> str:
    """Return a statement as it stands in its golden file."""
    return json.dumps(json.loads(statement.to_json()), indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    for name, statement in examples().items():
        (GOLDEN / f"{name}.json").write_text(as_json(statement))
