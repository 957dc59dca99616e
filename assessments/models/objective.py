"""What questions are to show: an objective, the article behind it, and who asked for it."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from people.models.institution import in_active_language
from people.validation import write_in_cyrillic

# "4", "4(a)", "10-12": as articles of CETS No. 197 are cited.
_article = RegexValidator(
    r"\A\d{1,2}(\([a-z0-9]\))*(-\d{1,2})?(, ?\d{1,2}(\([a-z0-9]\))*(-\d{1,2})?)*\Z",
    _("Write only the number, such as 4, 4(a), 10-12 or 12, 13."),
)


class KeptKeyForm(WagtailAdminModelForm):
    """A key stands in the log for good: it is chosen once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["key"].disabled = True


class Named(models.Model):
    """Something with a permanent key, and a name in each language."""

    key = models.SlugField(_("key"), primary_key=True, max_length=60)
    name_en = models.CharField(_("name in English"), max_length=120, unique=True)
    name_sr = models.CharField(
        _("name in Serbian Cyrillic"), max_length=120, validators=[write_in_cyrillic]
    )

    base_form_class = KeptKeyForm

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_active_language(en=self.name_en, sr=self.name_sr)


_names = FieldRowPanel(
    [
        FieldPanel("name_en", help_text=_("For readers of English.")),
        FieldPanel("name_sr", help_text=_("As it is said, in Cyrillic.")),
    ]
)
_key = FieldPanel("key", help_text=_("Stands in the log for good, and is never changed."))


class Topic(Named):
    """A field of knowledge, by which objectives and their questions are sorted."""

    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        _names,
        _key,
        FieldPanel("order", help_text=_("The smallest number stands first.")),
    ]

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Objective(Named):
    """What somebody can do afterwards. Results and statistics are summed up by it."""

    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="objectives",
    )
    article = models.CharField(
        _("article of the Convention"), max_length=40, blank=True, validators=[_article]
    )
    recommendation_en = models.CharField(
        _("recommendation, in English"), max_length=400, blank=True
    )
    recommendation_sr = models.CharField(
        _("recommendation, in Serbian Cyrillic"),
        max_length=400,
        blank=True,
        validators=[write_in_cyrillic],
    )

    panels = [
        _names,
        _key,
        FieldPanel("topic", help_text=_("The field of knowledge it belongs to.")),
        MultiFieldPanel(
            [
                FieldPanel(
                    "article",
                    help_text=_(
                        "Of the Council of Europe Convention on Action against Trafficking in "
                        "Human Beings: only the number, such as 4, 4(a) or 10-12."
                    ),
                ),
                FieldPanel(
                    "recommendation_en",
                    help_text=_("Who asked for it, and when: such as GRETA in its report of 2023."),
                ),
                FieldPanel("recommendation_sr", help_text=_("The same, in Cyrillic.")),
            ],
            heading=_("Why it is taught"),
        ),
    ]

    class Meta:
        ordering = ["topic__order", "name_en"]
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")

    @property
    def recommendation(self) -> str:
        return in_active_language(en=self.recommendation_en, sr=self.recommendation_sr)
