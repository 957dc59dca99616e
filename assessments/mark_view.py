"""What a page saves beside the answers: the flag on a question, and how sure somebody is."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.desk import desk_of, said
from assessments.errors import AttemptClosed
from assessments.sitting import Sitting
from courses.errors import StudyError


@login_required
@require_POST
def mark(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Keep the flag of one question, or how sure somebody is. 410: the attempt is closed."""
    return mark_sent(request, desk_of(request, key).sitting(number))


def mark_sent(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Keep the flag, or how sure somebody is, that a script sent."""
    sure, now = request.POST.get("confidence"), timezone.now()
    try:
        asked = UUID(request.POST["question"])
        if sure is None:
            flagged = request.POST.get("flagged") == "1"
            sitting.flag(question_key=asked, flagged=flagged, at=now)
        else:
            sitting.say_how_sure(question_key=asked, confidence=sure, at=now)
    except (KeyError, ValueError):
        return JsonResponse({"error": said(_("The answer could not be read."))}, status=400)
    except AttemptClosed as error:
        return JsonResponse({"error": said(error)}, status=410)
    except StudyError as error:
        return JsonResponse({"error": said(error)}, status=400)
    return JsonResponse({})
