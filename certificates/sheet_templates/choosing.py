"""Which template a certificate follows, and how long it is valid by it."""

import calendar
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from certificates.models import CertificateTemplate, TemplateCourse


def template_for(*, course_key: UUID, certificate_class: str) -> CertificateTemplate | None:
    """Return the published template that a course has chosen, else the default of the class.

    None if there is neither: the words are as usual, and the certificate does not end.
    """
    chosen = TemplateCourse.objects.filter(
        template=OuterRef("pk"), course__translation_key=course_key
    )
    templates = CertificateTemplate.objects.filter(
        live=True, live_revision__isnull=False, certificate_class=certificate_class
    )
    templates = templates.annotate(chosen=Exists(chosen))
    fitting = templates.filter(Q(chosen=True) | Q(is_default=True))
    return fitting.order_by("-chosen", "pk").first()


def last_day(start: date, months: int | None) -> date | None:
    """Return the last day of so many months from a day on; None if there is no end.

    The same day of the month, or the last one where a month is shorter.
    """
    if months is None:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)
