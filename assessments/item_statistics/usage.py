"""Where a question is used."""

from assessments.models import Question, QuizPage
from assessments.models.pools import SOURCE, fits


def quizzes_using(question: Question) -> list[QuizPage]:
    """Return the live quizzes that ask a question by name, or may draw it."""
    tags = set(question.tags.names())
    quizzes = QuizPage.objects.live().filter(locale__language_code=SOURCE).order_by("title")
    return [quiz for quiz in quizzes if _asks(quiz, question, tags)]


def _asks(quiz: QuizPage, question: Question, tags: set[str]) -> bool:
    for block in quiz.questions:
        if block.block_type == "draw" and fits(
            block.value, tags=tags, difficulty=question.difficulty, objective=question.objective_id
        ):
            return True
        if block.block_type == "question" and block.value and block.value.key == question.key:
            return True
    return False
