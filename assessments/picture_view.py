"""In the CMS: the picture of a question, as large as learners see it, to draw places in it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy

from assessments.templatetags.assessments import picture

PERMISSIONS = ("assessments.add_question", "assessments.change_question")


@require_GET
def question_picture(request: HttpRequest, image: int) -> HttpResponse:
    """Lead to the file. For whoever writes questions and may choose this picture for one."""
    if not any(request.user.has_perm(right) for right in PERMISSIONS):
        raise PermissionDenied
    chosen = get_object_or_404(get_image_model(), pk=image)
    if not permission_policy.user_has_permission_for_instance(request.user, "choose", chosen):
        raise PermissionDenied
    found = picture(chosen.pk)
    if found is None:
        raise Http404
    return redirect(found["url"])
