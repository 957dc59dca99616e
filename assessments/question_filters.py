"""Which questions of the bank somebody looks for: by what they test, whom, and how they fare."""

import django_filters
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy
from taggit.models import Tag
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect

from assessments.drawing import meant_for, published_in
from assessments.models import Objective, Question, Topic
from assessments.models.question import kind_choices
from assessments.question_facts import in_need_of_a_look
from people.models import Profession
from serbian import to_cyrillic

SEARCHED = ["stem", "slug", "objective__name_en", "objective__name_sr", "source"]


def found_by(query: str, questions: QuerySet[Question]) -> QuerySet[Question]:
    """Return the questions with these words; a Latin word also finds its Cyrillic form."""
    wanted = Q()
    for words in {query, to_cyrillic(query)}:
        for field in SEARCHED:
            wanted |= Q(**{f"{field}__icontains": words})
    return questions.filter(wanted)


def articles() -> list[tuple[str, str]]:
    """Return the articles that objectives name."""
    named = Objective.objects.exclude(article="").order_by("article")
    return [(article, article) for article in named.values_list("article", flat=True).distinct()]


class QuestionFilters(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Kind"),
        choices=kind_choices,
        widget=CheckboxSelectMultiple,
    )
    difficulty = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Difficulty"),
        choices=Question.Difficulty,
        widget=CheckboxSelectMultiple,
    )
    tag = django_filters.ModelMultipleChoiceFilter(
        label=gettext_lazy("Tags"),
        field_name="tagged_items__tag",
        queryset=lambda request: Tag.objects.filter(
            pk__in=Question.tags.through.objects.values("tag")
        ).order_by("name"),
        widget=CheckboxSelectMultiple,
    )
    topic = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Topic"), field_name="objective__topic", queryset=Topic.objects.all()
    )
    objective = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Objective"), queryset=Objective.objects.all()
    )
    article = django_filters.ChoiceFilter(
        label=gettext_lazy("Article of the Convention"),
        field_name="objective__article",
        choices=articles,
    )
    profession = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Meant for"),
        queryset=Profession.objects.all(),
        method="filter_profession",
    )
    live = django_filters.BooleanFilter(label=gettext_lazy("Published"), widget=BooleanRadioSelect)
    needs_a_look = django_filters.BooleanFilter(
        label=gettext_lazy("Nearly nobody or nearly everybody gets it right"),
        method="filter_need",
        widget=BooleanRadioSelect,
    )

    not_in_serbian = django_filters.BooleanFilter(
        label=gettext_lazy("Not in Serbian yet"),
        method="filter_untranslated",
        widget=BooleanRadioSelect,
    )

    class Meta:
        model = Question
        fields = [
            *("kind", "difficulty", "tag", "topic", "objective", "article", "profession"),
            *("live", "needs_a_look", "not_in_serbian"),
        ]

    def filter_profession(
        self, questions: QuerySet[Question], name: str, value: Profession
    ) -> QuerySet[Question]:
        """Find what a learner of the profession is asked: what is for everyone, too."""
        return questions.annotate(suited=meant_for(value.key)).filter(suited=True)

    def filter_untranslated(
        self, questions: QuerySet[Question], name: str, value: bool
    ) -> QuerySet[Question]:
        return questions.filter(~published_in("sr") if value else published_in("sr"))

    def filter_need(
        self, questions: QuerySet[Question], name: str, value: bool
    ) -> QuerySet[Question]:
        keys = [fact.key for fact in in_need_of_a_look()]
        if value:
            return questions.filter(translation_key__in=keys)
        return questions.exclude(translation_key__in=keys)
