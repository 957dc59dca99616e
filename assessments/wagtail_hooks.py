"""What this room adds to Wagtail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from assessments.models import QuizPage
from assessments.serving import serve_quiz


@hooks.register("before_serve_page")
def serve(
    page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
) -> HttpResponse | None:
    """Show quizzes through their own view."""
    return serve_quiz(request, page) if isinstance(page, QuizPage) else None
