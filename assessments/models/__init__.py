"""The tables of assessments: the question bank, quizzes, drafts, and what is folded."""

from assessments.models.attempt import Attempt, AttemptGrant, ExtraTime, Mark, Response
from assessments.models.objective import Objective, Topic
from assessments.models.practice import PracticeAnswer, PracticeRound
from assessments.models.question import Question, QuestionTag
from assessments.models.quiz import QuizPage
from assessments.models.roles import Form, Role
from assessments.models.sitting import Confidence, Counting, Feedback, Navigation
from assessments.models.survey import (
    Survey,
    SurveyAnswer,
    SurveyKind,
    SurveyTicket,
    SurveyUrn,
    SurveyVersion,
)
from assessments.models.written import DraftAnswer, GrantReason, KeyDecision, Remark, Writing

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
    "Survey",
    "SurveyAnswer",
    "SurveyKind",
    "SurveyTicket",
    "SurveyUrn",
    "SurveyVersion",
    "Topic",
    "Writing",
]
