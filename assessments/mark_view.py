"""What a page saves beside the answers: the flag on a question."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.desk import desk_of, said
from assessments.errors import AttemptClosed
from assessments.flags import flag
from courses.errors import StudyError


@login_required
@require_POST
def mark(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Flag one question, or take its flag away. 410 says that the attempt is closed."""
    running = desk_of(request, key).attempt(number)
    try:
        flag(
            attempt=running,
            question_key=UUID(request.POST["question"]),
            flagged=request.POST.get("flagged") == "1",
            at=timezone.now(),
        )
    except (KeyError, ValueError):
        return JsonResponse({"error": said(_("The answer could not be read."))}, status=400)
    except AttemptClosed as error:
        return JsonResponse({"error": said(error)}, status=410)
    except StudyError as error:
        return JsonResponse({"error": said(error)}, status=400)
    return JsonResponse({})
