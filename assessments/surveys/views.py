"""The page of a survey: read why, answer or say no, be thanked.

Answer and refusal go to the same address, so that a log of addresses cannot tell them apart.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assessments.models import SurveyKind, SurveyVersion
from assessments.surveys.answering import Given, answer, answers_in, decline
from assessments.surveys.desk import SurveyDesk, for_those_who_completed
from assessments.surveys.errors import NotAllAnswered
from assessments.surveys.versions import needed_words, questions_of, version_with
from courses.errors import StudyError


@require_http_methods(["GET", "POST"])
@for_those_who_completed
def survey(request: HttpRequest, desk: SurveyDesk) -> HttpResponse:
    """Ask; take the answers, or a no; with some missing ask again, with what was chosen."""
    if request.method == "POST":
        return _refused(request, desk) if "refuse" in request.POST else _answered(request, desk)
    if not desk.is_open or desk.version is None:
        return redirect("survey_done", desk.enrolment.course, desk.kind)
    return _asked(request, desk, desk.version, {})


@require_GET
@for_those_who_completed
def done(request: HttpRequest, desk: SurveyDesk) -> HttpResponse:
    """Say that this is all, to whoever has answered or declined, or came too early or too late."""
    if desk.is_open:
        return redirect("survey", desk.enrolment.course, desk.kind)
    return render(request, "assessments/survey_done.html", desk.context())


def _answered(request: HttpRequest, desk: SurveyDesk) -> HttpResponse:
    # What somebody read is what they answer, also when the questions have changed meanwhile.
    read = version_with(kind=desk.kind, number=request.POST.get("version", ""))
    version = read or desk.version
    if version:
        given = {one.key: request.POST.getlist(one.key) for one in questions_of(version)}
        try:
            answer(enrolment=desk.enrolment, version=version, given=given, at=desk.at)
            messages.success(request, _("Thank you. Your answers are in, without your name."))
        except NotAllAnswered as error:
            return _asked(request, desk, version, given, error)
        except StudyError as error:
            messages.info(request, str(error))
    return redirect("survey_done", desk.enrolment.course, desk.kind)


def _refused(request: HttpRequest, desk: SurveyDesk) -> HttpResponse:
    """Remember a no; the pulse is also declined ahead, on the last page of the other survey."""
    try:
        decline(enrolment=desk.enrolment, kind=desk.kind, at=desk.at)
        messages.success(request, _("Understood. You will not be asked this again."))
    except StudyError as error:
        messages.info(request, str(error))
    ahead = request.POST["refuse"] == SurveyKind.SATISFACTION
    return redirect(
        "survey_done", desk.enrolment.course, SurveyKind.SATISFACTION if ahead else desk.kind
    )


def _asked(
    request: HttpRequest,
    desk: SurveyDesk,
    version: SurveyVersion,
    given: Given,
    error: NotAllAnswered | None = None,
) -> HttpResponse:
    chosen = answers_in(version, given)
    missing = error.missing if error else frozenset()
    questions = questions_of(version)
    context: dict[str, Any] = desk.context() | {
        "version": version,
        "error": error,
        "needed": needed_words(questions),
        "rows": [(one, chosen[one.key], one.key in missing) for one in questions],
    }
    return render(request, "assessments/survey.html", context)
