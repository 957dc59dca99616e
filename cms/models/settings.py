"""What an administrator can change about the site."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from cms.published import kept
from cms.validation import can_be_dialled, write_in_cyrillic


@register_setting
class SiteSettings(BaseSiteSetting):
    leave_url = models.URLField(
        _("where “Leave quickly” leads"),
        default="https://www.google.com/",
        help_text=_("A page that nobody wonders about, such as a weather forecast."),
    )
    contact_email = models.EmailField(_("contact"), blank=True)
    about_en = models.TextField(_("who runs the site, in English"), max_length=400, blank=True)
    about_sr = models.TextField(
        _("who runs the site, in Serbian Cyrillic"),
        max_length=400,
        blank=True,
        validators=[write_in_cyrillic],
    )

    panels = [
        FieldPanel("leave_url"),
        FieldPanel(
            "contact_email",
            help_text=_("Where questions about the site go; shown in the foot of each page."),
        ),
        FieldPanel(
            "about_sr",
            help_text=_("Who runs the site and issues its certificates; on the front page."),
        ),
        FieldPanel("about_en", help_text=_("The same for readers of English.")),
    ]

    class Meta:
        verbose_name = _("site settings")

    @property
    def about(self) -> str:
        """Who runs the site and from whom a certificate comes, for the active language."""
        return self.about_en if get_language() == "en" else self.about_sr

    @classmethod
    def current(cls) -> "SiteSettings":
        """Return what an administrator has set, or the defaults."""
        return kept("site settings", lambda: cls.objects.order_by("pk").first() or cls())


class Hotline(models.Model):
    """A number to call. Numbers change: they are data, and shown only when confirmed."""

    name_en = models.CharField(_("name in English"), max_length=120)
    name_sr = models.CharField(
        _("name in Serbian Cyrillic"), max_length=120, validators=[write_in_cyrillic]
    )
    phone = models.CharField(_("phone"), max_length=40, validators=[can_be_dialled])
    note_en = models.CharField(_("note in English"), max_length=255, blank=True)
    note_sr = models.CharField(
        _("note in Serbian Cyrillic"), max_length=255, blank=True, validators=[write_in_cyrillic]
    )
    check_note = models.BooleanField(
        _("to be checked"), default=False, help_text=_("Shown with “check this number”.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = _("hotline")
        verbose_name_plural = _("hotlines")

    def __str__(self) -> str:
        return f"{self.name_en} {self.phone}"

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_sr

    @property
    def note(self) -> str:
        return self.note_en if get_language() == "en" else self.note_sr

    @property
    def dial(self) -> str:
        """The number as a telephone dials it."""
        return "".join(char for char in self.phone if char.isdigit() or char == "+")
