"""What stands over every page of a trial: that it is one, of what, and the way back."""

from dataclasses import dataclass

from django.urls import reverse

from assessments.models import Form
from assessments.trial.sitting import TrialSitting
from assessments.trial.tried import LABELS, Tried
from people.models import Profession, User


@dataclass(frozen=True)
class Banner:
    """`again` draws another paper; empty before the first is drawn."""

    version: str
    back: str
    front: str
    profession: str = ""
    form: str = ""
    again: str = ""


def banner_of(tried: Tried, user: User) -> Banner:
    """Return the banner before a trial has begun."""
    front = reverse("trial", args=[tried.rules.key])
    return Banner(version=str(LABELS[tried.version]), back=way_back(tried, user), front=front)


def banner_over(sitting: TrialSitting, user: User) -> Banner:
    """Return the banner over a paper and its result."""
    profession = Profession.objects.filter(key=sitting.wanted.profession).first()
    return Banner(
        version=str(LABELS[sitting.tried.version]),
        back=way_back(sitting.tried, user),
        front=sitting.ways.front,
        profession=profession.name if profession else "",
        form=str(Form(form).label) if (form := sitting.attempt.form) else "",
        again=sitting.ways.begin,
    )


def way_back(tried: Tried, user: User) -> str:
    """Return where the visitor works on the quiz in the CMS: its form, or the list it stands in."""
    page = tried.words
    if page.permissions_for_user(user).can_edit():
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    return reverse("wagtailadmin_explore", args=[page.get_parent().pk])
