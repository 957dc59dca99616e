"""Where the pages of an attempt lead: templates name the way, whoever keeps the answers."""

from dataclasses import dataclass

from django.urls import reverse

from assessments.models import QuizPage


@dataclass(frozen=True)
class Ways:
    """Addresses of one attempt; `begin` makes the next one."""

    front: str
    begin: str
    paper: str
    save: str
    mark: str
    submit: str
    unanswered: str
    result: str


def ways_of(quiz: QuizPage, number: int) -> Ways:
    """Return the ways of a learner's own attempt."""
    return Ways(
        front=quiz.address,
        begin=reverse("begin_attempt", args=[quiz.key]),
        **{
            way: reverse(name, args=[quiz.key, number])
            for way, name in (
                ("paper", "attempt"),
                ("save", "save_choice"),
                ("mark", "mark_question"),
                ("submit", "submit_attempt"),
                ("unanswered", "unanswered"),
                ("result", "result"),
            )
        },
    )
