"""What this room adds to Wagtail."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from assessments.attempt_pages import views as attempt_pages
from assessments.attempt_pages.of_a_person import attempts_of
from assessments.exchange import views as exchange
from assessments.extra_time_view import extra_time
from assessments.forms.views import gain
from assessments.grant_view import grant
from assessments.item_statistics import views as item_statistics
from assessments.marking import views as marking
from assessments.models import Question, QuizPage
from assessments.objective_bank import ObjectiveViewSet, TopicViewSet
from assessments.panels import ChangedKeysPanel, QuestionsPanel
from assessments.picture_view import question_picture
from assessments.question_bank import QuestionViewSet, fares_button_of
from assessments.question_facts import was_ever_drawn
from assessments.regrading import views as regrading
from assessments.regrading.decisions import undecided
from assessments.regrading.override_view import change_score
from assessments.serving import preview_quiz, serve_quiz
from assessments.surveys import report_views as surveys
from assessments.surveys.viewset import SurveyViewSet
from assessments.trial.tried import may_try
from assessments.trial_address import trial_address

register_snippet(QuestionViewSet)
register_snippet(ObjectiveViewSet)
register_snippet(TopicViewSet)
register_snippet(SurveyViewSet)


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


@hooks.register("serve_page_preview")
def preview(page: Page, request: HttpRequest) -> HttpResponse | None:
    """Preview a quiz as learners will see it before they begin."""
    return preview_quiz(request, page) if isinstance(page, QuizPage) else None


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("cohorts/more-time/<uuid:registration>/", extra_time, name="give_extra_time"),
        path("cohorts/grant/<uuid:registration>/<uuid:quiz_key>/", grant, name="grant_attempt"),
        path("grading/", marking.piles, name="grading"),
        path("grading/<uuid:writing>/", marking.grade, name="grade"),
        path("questions/import/", exchange.import_questions, name="import_questions"),
        path("questions/export/", exchange.export_questions, name="export_questions"),
        path("questions/pictures/<int:image>/", question_picture, name="question_picture"),
        path("questions/<uuid:key>/fares/", item_statistics.question, name="question_fares"),
        path("attempts/<uuid:quiz_key>/fares/", item_statistics.quiz, name="quiz_fares"),
        path("attempts/<uuid:quiz_key>/gain/", gain, name="quiz_gain"),
        path("attempts/<uuid:quiz_key>/", attempt_pages.attempts, name="attempts"),
        path("attempts/of/<uuid:registration>/", attempts_of, name="attempts_of"),
        path(
            "attempts/<uuid:registration>/<uuid:quiz_key>/<int:number>/",
            attempt_pages.attempt,
            name="attempt_in_cms",
        ),
        path("what-learners-say/", surveys.what_learners_say, name="what_learners_say"),
        path("what-learners-say/csv/", surveys.as_csv, name="what_learners_say_csv"),
        path("questions/<uuid:key>/regrade/", regrading.regrade, name="regrade"),
        path(
            "attempts/<uuid:registration>/<uuid:quiz_key>/<int:number>/<uuid:question_key>/score/",
            change_score,
            name="change_score",
        ),
    ]


class GradingMenuItem(MenuItem):
    """For whoever may grade."""

    def is_shown(self, request: HttpRequest) -> bool:
        may: bool = request.user.has_perm(marking.PERMISSION)
        return may


@hooks.register("register_admin_menu_item")
def grading_menu_item() -> MenuItem:
    return GradingMenuItem(gettext_lazy("Grading"), reverse("grading"), icon_name="edit", order=215)


class SurveysMenuItem(MenuItem):
    """For whoever may read what learners say."""

    def is_shown(self, request: HttpRequest) -> bool:
        may: bool = request.user.has_perm(surveys.PERMISSION)
        return may


@hooks.register("register_reports_menu_item")
def surveys_menu_item() -> MenuItem:
    return SurveysMenuItem(
        gettext_lazy("What learners say"),
        reverse_lazy("what_learners_say"),
        icon_name="comment",
        order=700,
    )


@hooks.register("register_page_header_buttons")
def attempts_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a quiz to its attempts, and to how it fares."""
    if page.specific_class is QuizPage and user.has_perm(attempt_pages.PERMISSION):
        address = reverse("attempts", args=[page.translation_key])
        yield Button(_("Attempts"), address, icon_name="list-ul", priority=6)
    if page.specific_class is QuizPage and user.has_perm(item_statistics.PERMISSION):
        address = reverse("quiz_fares", args=[page.translation_key])
        yield Button(_("How it fares"), address, icon_name="order", priority=7)


@hooks.register("register_page_header_buttons")
def trial_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a quiz to its trial, in the language of the page."""
    if page.specific_class is QuizPage and may_try(user, page):
        address = trial_address(page)
        yield Button(_("Try it as a learner"), address, icon_name="view", priority=4)


@hooks.register("register_page_listing_more_buttons")
def trial_in_listing(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The same from the list of pages."""
    yield from trial_button(page, user, "index", next_url)


@hooks.register("register_snippet_listing_buttons")
def fares_button(snippet: Model, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a question in the list to how it fares."""
    if isinstance(snippet, Question) and user.has_perm(item_statistics.PERMISSION):
        yield fares_button_of(snippet)


@hooks.register("after_edit_snippet")
def ask_about_results(request: HttpRequest, instance: Model) -> HttpResponse | None:
    """Ask whoever may decide, right after a changed key was published, what becomes of results."""
    if not isinstance(instance, Question) or not request.user.has_perm(regrading.PERMISSION):
        return None
    return redirect("regrade", instance.key) if undecided(instance.key) else None


@hooks.register("before_delete_snippet")
def keep_drawn_questions(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """An attempt shows its questions as they were drawn: what was drawn once stays."""
    questions = [question for question in instances if isinstance(question, Question)]
    if not any(was_ever_drawn(question.key) for question in questions):
        return None
    words = _("Learners have been given this question. Unpublish it: it is then drawn no more.")
    messages.error(request, words)
    return redirect(Question.snippet_viewset.get_url_name("list"))


@hooks.register("construct_homepage_panels")
def add_questions_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Show those who write questions which ones need a look."""
    if request.user.has_perm("assessments.change_question"):
        panels.append(QuestionsPanel())
    if request.user.has_perm(regrading.PERMISSION):
        panels.append(ChangedKeysPanel())
