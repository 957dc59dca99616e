"""What must hold so that two tests measure a gain. Pure: for pages, and for courses in files."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Optional

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models.roles import Form, Role
from assessments.models.sitting import Feedback


@dataclass
class Asked:
    """What a form asks. `objectives` counts the scored questions by objective, "" for none."""

    questions: Counter[str] = field(default_factory=Counter)  # by key, or by what a draw asks for
    objectives: Counter[str] = field(default_factory=Counter)
    possible: set[str] = field(default_factory=set)  # keys of whatever may come


@dataclass(frozen=True)
class Tested:
    """A quiz as these checks see it. `names` are those of objectives, by key."""

    key: str
    title: str
    role: str
    course: str
    feedback: str
    forms: Mapping[str, Asked]
    is_outside: bool  # something is asked that stands in no form
    is_published: bool = True
    pre_test: Optional["Tested"] = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What is wrong, and with which field of the quiz."""

    field: str
    words: str

    def __str__(self) -> str:
        return self.words


def faults_of(test: Tested) -> Iterator[Fault]:
    """Yield what keeps a quiz from the role that it has."""
    if test.role == Role.ORDINARY:
        if test.forms:
            yield Fault("questions", _("Only a test before or after has form A and form B."))
        if test.pre_test:
            yield Fault("pre_test", _("Only a test after is compared with another quiz."))
        return
    faults = list(_in_forms(test))
    yield from faults
    if test.role == Role.PRE_TEST:
        yield from _before(test)
    else:
        yield from _after(test, are_compared=not faults)


def _in_forms(test: Tested) -> Iterator[Fault]:
    if test.is_outside:
        words = _("Put every question into form A or form B: some stand before the first form.")
        yield Fault("questions", words)
    lacking = [form for form in Form if not test.forms.get(form, Asked()).questions]
    for form in lacking:
        words = _("There is no question in form %(form)s: both forms are needed.")
        yield Fault("questions", words % {"form": form.value})
    if not lacking:
        yield from _parallel(test)


def _parallel(test: Tested) -> Iterator[Fault]:
    one, other = test.forms[Form.A], test.forms[Form.B]
    if one.objectives[""] or other.objectives[""]:
        words = _("In a form every question, and every draw, must name its objective.")
        yield Fault("questions", words)
    elif one.objectives != other.objectives:
        words = _("Both forms must ask equally often about each objective. A: %(a)s. B: %(b)s.")
        said = {"a": said_of(one, test.names), "b": said_of(other, test.names)}
        yield Fault("questions", words % said)
    if both := len(one.possible & other.possible):
        words = ngettext(
            "%(n)s question may come in both forms: whoever has it twice remembers it.",
            "%(n)s questions may come in both forms: whoever has one twice remembers it.",
            both,
        )
        yield Fault("questions", words % {"n": both})


def _before(test: Tested) -> Iterator[Fault]:
    if test.pre_test:
        yield Fault("pre_test", _("Only a test after is compared with another quiz."))
    if test.feedback == Feedback.IMMEDIATE:
        words = _("A test before tells nothing until the test after: choose “after the attempt”.")
        yield Fault("feedback", words)


def _after(test: Tested, *, are_compared: bool) -> Iterator[Fault]:
    before = test.pre_test
    if before is None:
        yield Fault("pre_test", _("Choose the test before."))
    elif before.key == test.key:
        yield Fault("pre_test", _("A quiz cannot be compared with itself."))
    elif before.course != test.course:
        yield Fault("pre_test", _("The test before must be a quiz of the same course."))
    elif before.role != Role.PRE_TEST:
        words = _("“%(title)s” is no test before: say so there, and publish it.")
        yield Fault("pre_test", words % {"title": before.title})
    elif not before.is_published:
        words = _("“%(title)s” is not published yet: publish it first.")
        yield Fault("pre_test", words % {"title": before.title})
    elif are_compared:
        yield from _same_forms(test, before)


def _same_forms(test: Tested, before: Tested) -> Iterator[Fault]:
    for form in Form:
        here, there = test.forms[form], before.forms.get(form, Asked())
        values = {"form": form.value, "title": before.title}
        if here.objectives != there.objectives:
            words = _(
                "Form %(form)s asks otherwise about the objectives than form %(form)s of "
                "“%(title)s”. Here: %(a)s. There: %(b)s."
            )
            values |= {"a": said_of(here, test.names), "b": said_of(there, test.names)}
            yield Fault("questions", words % values)
        elif here.questions != there.questions:
            words = _(
                "Form %(form)s asks other questions than form %(form)s of “%(title)s”: both "
                "tests have the same two forms."
            )
            yield Fault("questions", words % values)


def said_of(asked: Asked, names: Mapping[str, str]) -> str:
    """Return how often a form asks about each objective, in words."""
    counted = sorted((names.get(key, key), n) for key, n in asked.objectives.items() if n)
    return ", ".join(f"{name} {n}" for name, n in counted) or "–"
