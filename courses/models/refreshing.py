"""What must hold of a course that is a short refresher of another: no circles, and no chains."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from cms.languages import SOURCE

if TYPE_CHECKING:
    from courses.models.pages import CoursePage

FIELD = "refresher_of"


class CourseForm(WagtailAdminPageForm):
    """Offers the courses that can be refreshed; translations do not ask, they give words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.locale.language_code != SOURCE:
            self.fields.pop(FIELD, None)
        elif FIELD in self.fields:
            pages = self.fields[FIELD].queryset.filter(locale__language_code=SOURCE)
            pages = pages.exclude(translation_key=self.instance.translation_key)
            self.fields[FIELD].queryset = pages.order_by("title")


def check_refresher(course: "CoursePage") -> None:
    """Raise ValidationError if a course cannot be a refresher of the one it names."""
    chosen = course.refresher_of
    if chosen is None or course.locale.language_code != SOURCE:
        return
    fault = _fault(course, chosen)
    if fault:
        raise ValidationError({FIELD: fault})


def _fault(course: "CoursePage", chosen: "CoursePage") -> str:
    if chosen.translation_key == course.translation_key:
        return _("A course cannot be a refresher of itself.")
    if chosen.locale.language_code != SOURCE:
        return _("Choose the page of the course in English.")
    if chosen.refresher_of_id:
        words = _("“%(title)s” is a refresher itself. Choose the course that it refreshes.")
        return words % {"title": chosen.title}
    others = type(course)._default_manager.exclude(translation_key=course.translation_key)
    others = others.filter(locale__language_code=SOURCE)
    mine = others.filter(refresher_of__translation_key=course.translation_key).first()
    if mine:
        words = _("This course has a refresher, “%(title)s”, so it cannot be one.")
        return words % {"title": mine.title}
    return ""
