"""What this room adds to Wagtail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from assessments.models import QuizPage
from assessments.serving import serve_quiz


# After Wagtail's own hook, which checks whether the visitor may see the page.
@hooks.register("on_serve_page", order=100)
def serve(follow: Any) -> Any:
    """Show quizzes through their own view."""

    def respond(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        if isinstance(page, QuizPage):
            return serve_quiz(request, page)
        response: HttpResponse = follow(page, request, args, kwargs)
        return response

    return respond
