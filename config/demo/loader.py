"""Load the demo: content first, then accounts, then a population at work."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError

from config.demo.accounts import load_accounts
from config.demo.certificate_template import load_certificate_template
from config.demo.courses import load_courses
from config.demo.ending import load_ending_certificate
from config.demo.files import fingerprint
from config.demo.pages import load_pages
from config.demo.population import load_population
from config.demo.practice_case import load_practice_case
from config.demo.reference import load_reference
from config.demo.sandbox import load_sandbox
from config.demo.surveys import load_surveys
from config.roles import sync_roles
from courses.models import CoursePage


def load_demo(*, at: datetime) -> bool:
    """Load the demo; False if it is loaded already and no file has changed."""
    require_demo()
    stamp = _stamp()
    if stamp.exists() and stamp.read_text() == fingerprint() and CoursePage.objects.exists():
        return False
    course = load_content(at=at)
    load_accounts(at=at)
    load_population(course=course, at=at)
    load_practice_case(course=course, at=at)
    load_ending_certificate(course=course, at=at)
    load_surveys(course=course, at=at)
    load_sandbox(at=at)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint())
    return True


def load_content(*, at: datetime) -> CoursePage:
    """Load reference data, pages, roles and the courses; return the English page of the core."""
    load_reference()
    load_certificate_template()
    catalogue = load_pages()
    sync_roles()
    return load_courses(catalogue=catalogue, at=at)


def require_demo() -> None:
    """Raise CommandError outside the demo: these accounts have published passwords."""
    if not settings.DEMO:
        raise CommandError("the demo is loaded only with the demo's settings")


def _stamp() -> Path:
    return Path(settings.MEDIA_ROOT) / ".demo-loaded"
