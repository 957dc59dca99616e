"""The tables of assessments: the question bank, quizzes, drafts, and what is folded."""

from assessments.models.attempt import (
    Attempt,
    AttemptGrant,
    Confidence,
    Counting,
    DraftAnswer,
    ExtraTime,
    Feedback,
    GrantReason,
    KeyDecision,
    Mark,
    Navigation,
    Remark,
    Response,
    Writing,
)
from assessments.models.objective import Objective, Topic
from assessments.models.practice import PracticeAnswer, PracticeRound
from assessments.models.question import Question, QuestionTag
from assessments.models.quiz import QuizPage
from assessments.models.roles import Form, Role

__all__ = [
    "Attempt",
    "AttemptGrant",
    "Confidence",
    "Counting",
    "DraftAnswer",
    "ExtraTime",
    "Feedback",
    "Form",
    "GrantReason",
    "KeyDecision",
    "Mark",
    "Navigation",
    "Objective",
    "PracticeAnswer",
    "PracticeRound",
    "Question",
    "QuestionTag",
    "QuizPage",
    "Remark",
    "Response",
    "Role",
    "Topic",
    "Writing",
]
