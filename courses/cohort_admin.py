"""Cohorts in the CMS: a tutor's own, an administrator's all."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views import snippets

from courses.cohorts import cohorts_open_to
from courses.keeping import has_members
from courses.models import Cohort, CoursePage, Edition
from courses.views import cohorts
from people.models import User
from people.roles import TRAINER
from serbian import sort_key


def edition_choices() -> list[tuple[str, str]]:
    """Return the published editions by the title of their course, the newest of each first."""
    titles = dict(
        CoursePage.objects.order_by("-locale__language_code").values_list(
            "translation_key", "title"
        )
    )
    editions = [
        (str(titles.get(edition.course_key, edition.course_key)), edition)
        for edition in Edition.objects.order_by("course_key", "-number")
    ]
    editions.sort(key=lambda one: sort_key(one[0], get_language()))
    return [(_offer_of(edition), _in_words(title, edition)) for title, edition in editions]


def _offer_of(edition: Edition) -> str:
    return f"{edition.course_key} {edition.number}"


def _in_words(title: str, edition: Edition) -> str:
    day = date_format(edition.published_at, "SHORT_DATE_FORMAT")
    words = _("%(course)s, edition %(number)d of %(day)s")
    return words % {"course": title, "number": edition.number, "day": day}


class CohortForm(WagtailAdminModelForm):
    """A cohort takes a published edition; its tutors are trainers, its author among them."""

    offer = forms.ChoiceField(
        label=gettext_lazy("Course and edition"),
        choices=edition_choices,
        help_text=gettext_lazy("What the members are promised; it does not change under them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trainers = User.objects.filter(groups__name=TRAINER, is_active=True)
        self.fields["tutors"].queryset = trainers.distinct()
        if self.instance.pk:
            self.initial["offer"] = f"{self.instance.course_key} {self.instance.edition}"
            return
        newest = Edition.objects.order_by("published_at", "number").last()
        if newest:
            self.initial.setdefault("offer", _offer_of(newest))
        if self.for_user is not None:
            self.initial.setdefault("tutors", [self.for_user.pk])

    def clean_offer(self) -> str:
        offer: str = self.cleaned_data["offer"]
        key = UUID(offer.split()[0])
        if self.instance.pk and key != self.instance.course_key and has_members(self.instance):
            raise ValidationError(_("This cohort has members: its course stays."))
        return offer

    def clean_tutors(self) -> Any:
        tutors = self.cleaned_data["tutors"]
        user = self.for_user
        if user and not user.has_perm("courses.delete_cohort") and user not in tutors:
            raise ValidationError(_("Stay among the tutors yourself, or you lose the cohort."))
        return tutors

    def clean_enrolment_key(self) -> str:
        key: str = self.cleaned_data["enrolment_key"]
        return key.strip().upper()

    def save(self, commit: bool = True) -> Cohort:
        key, number = self.cleaned_data["offer"].split()
        self.instance.course_key, self.instance.edition = UUID(key), int(number)
        cohort: Cohort = super().save(commit)
        return cohort


class OwnCohort:
    """Mixin: somebody else's cohort does not exist."""

    request: HttpRequest

    def get_object(self, *args: Any, **kwargs: Any) -> Cohort:
        cohort: Cohort = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not cohorts_open_to(self.request.user).filter(pk=cohort.pk).exists():  # type: ignore[arg-type]
            raise Http404
        return cohort


class CohortIndexView(snippets.IndexView):
    """The name leads to the members."""

    def get_edit_url(self, instance: Cohort) -> str:
        return reverse("cohorts:members", args=[instance.pk])


class CohortEditView(OwnCohort, snippets.EditView):
    pass


class CohortDeleteView(OwnCohort, snippets.DeleteView):
    pass


class CohortHistoryView(OwnCohort, snippets.HistoryView):
    pass


class CohortUsageView(OwnCohort, snippets.UsageView):
    pass


class CohortViewSet(snippets.SnippetViewSet):
    model = Cohort
    icon = "group"
    menu_label = gettext_lazy("Cohorts")
    menu_order = 200
    add_to_admin_menu = True
    url_prefix = "cohorts"
    url_namespace = "cohorts"
    copy_view_enabled = False
    index_view_class = CohortIndexView
    edit_view_class = CohortEditView
    delete_view_class = CohortDeleteView
    history_view_class = CohortHistoryView
    usage_view_class = CohortUsageView
    search_fields = ["name", "enrolment_key"]
    list_display = [
        "name",
        Column("course_title", label=gettext_lazy("Course")),
        Column("edition", label=gettext_lazy("Edition"), sort_key="edition"),
        DateColumn("starts_on", label=gettext_lazy("From"), sort_key="starts_on"),
        DateColumn("ends_on", label=gettext_lazy("To"), sort_key="ends_on"),
        Column("enrolment_key", label=gettext_lazy("Enrolment key")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel(
                "name",
                help_text=gettext_lazy(
                    "As its members will recognise it: place, institution, season."
                ),
            ),
            FieldPanel("offer"),
            FieldRowPanel(
                [
                    FieldPanel(
                        "starts_on",
                        help_text=gettext_lazy("The first day; members can join before it."),
                    ),
                    FieldPanel(
                        "ends_on",
                        help_text=gettext_lazy("The last day on which the key opens the cohort."),
                    ),
                ]
            ),
            FieldPanel(
                "tutors",
                widget=CheckboxSelectMultiple,
                help_text=gettext_lazy(
                    "They see its members by name; nobody else but administrators does."
                ),
            ),
            FieldPanel("enrolment_key"),
        ],
        base_form_class=CohortForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cohort]:
        titles = CoursePage.objects.filter(translation_key=OuterRef("course_key"))
        title = titles.order_by("locale__language_code").values("title")[:1]
        return cohorts_open_to(request.user).annotate(course_title=Subquery(title))  # type: ignore[arg-type]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", cohorts.CohortView.as_view(), name="members"),
            path("<int:pk>/csv/", cohorts.members_csv, name="members_csv"),
        ]
