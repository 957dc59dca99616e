"""What a learner does in a lesson: start, answer a self-check, be remembered, finish."""

import json
from math import isfinite
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from courses.bodies import check_of
from courses.enrolment import enrolment_of
from courses.errors import SelfChecksOpen, StudyError
from courses.models import ActivityPage, CoursePage, Enrolment, LessonPage
from courses.outline import course_of, outline_of, page_of
from courses.places import save_place
from courses.self_checks import answer_self_check
from courses.study import finish_lesson, require_in_edition, start
from people.signed_in import signed_in

_NEWEST = 2**53  # the greatest whole number that a browser knows exactly


@login_required
@require_POST
def start_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Start an activity and open it."""
    page, course, enrolment = _here(request, key)
    try:
        require_in_edition(enrolment, key)
        start(enrolment=_enrolled(enrolment), page=page, at=timezone.now())
    except StudyError as error:
        return _refused(request, error, course.url)
    return redirect(page.address)


@login_required
@require_POST
def finish_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Finish a lesson and go on to the next activity, or to the course when all is done."""
    page, course, enrolment = _here(request, key)
    if not isinstance(page, LessonPage):
        raise Http404
    now = timezone.now()
    try:
        edition = require_in_edition(enrolment, key)
        enrolment = _enrolled(enrolment)
        finish_lesson(enrolment=enrolment, page=page, at=now)
    except SelfChecksOpen as still:
        # There, not at the top of a long page, stands what is to be done.
        return redirect(f"{page.address}?{urlencode({'open': still.block})}#check-{still.block}")
    except StudyError as error:
        return _refused(request, error, page.address)
    position = outline_of(course=course, edition=edition).around(key)
    following = page_of(key=position.next.key) if position and position.next else None
    if following is None:
        return redirect(course.url)
    start(enrolment=enrolment, page=following, at=now)
    return redirect(following.address)


@login_required
@require_POST
def check_view(request: HttpRequest, key: UUID, block_id: str) -> HttpResponse:
    """Take the answer to a self-check and show the reason: the part alone, or the lesson there."""
    page, course, enrolment = _here(request, key)
    if not isinstance(page, LessonPage):
        raise Http404
    choice = request.POST.get("choice", "")
    if choice:
        try:
            require_in_edition(enrolment, key)
            answer_self_check(
                enrolment=_enrolled(enrolment),
                page=page,
                block_id=block_id,
                choice=choice,
                token=request.POST.get("token", ""),
                at=timezone.now(),
            )
        except StudyError as error:
            return _refused(request, error, course.url)
    if request.headers.get("X-Part") and choice:
        return _check_part(request, page, enrolment, block_id, choice)
    return redirect(f"{page.address}#check-{block_id}")


@login_required
@require_POST
def place_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Remember the place in an activity; a stale tab is told so and changes nothing."""
    page, _course, enrolment = _here(request, key)
    enrolment = _enrolled(enrolment)
    try:
        position, version, video = _place(request.body)
    except (ValueError, KeyError, TypeError, OverflowError):
        return JsonResponse({"error": "position and version are whole numbers"}, status=400)
    saved = save_place(
        enrolment=enrolment,
        activity_key=page.key,
        position=position,
        video=video,
        version=version,
        at=timezone.now(),
    )
    return JsonResponse({"saved": saved}, status=200 if saved else 409)


def _place(body: bytes) -> tuple[int, int, dict[str, float]]:
    """Return position, version and the second by film. Raises for what no page of ours sends."""
    sent = json.loads(body)
    position, version = int(sent["position"]), int(sent["version"])
    video = {str(k)[:36]: float(v) for k, v in dict(sent.get("video", {})).items()}
    if not 0 <= version <= _NEWEST or not all(map(isfinite, video.values())):
        raise ValueError("not a place")
    return position, version, video


def _here(request: HttpRequest, key: UUID) -> tuple[ActivityPage, CoursePage, Enrolment | None]:
    page = page_of(key=key)
    if page is None:
        raise Http404
    course = course_of(page)
    enrolment = enrolment_of(user=signed_in(request), course_key=course.translation_key)
    return page, course, enrolment


def _enrolled(enrolment: Enrolment | None) -> Enrolment:
    if enrolment is None:
        raise Http404
    return enrolment


def _refused(request: HttpRequest, error: StudyError, address: str) -> HttpResponse:
    messages.error(request, str(error))
    return redirect(address)


def _check_part(
    request: HttpRequest, page: LessonPage, enrolment: Enrolment | None, block_id: str, choice: str
) -> HttpResponse:
    block = next((block for block in page.body if block.id == block_id), None)
    if block is None:
        raise Http404
    context = {
        "page": page,
        "check": check_of(block),
        "self_check_answers": {block_id: choice},
        "enrolment": enrolment,
    }
    return render(request, "courses/parts/self_check.html", context)
