"""Professions, functions, institutions and their regions are data: names of ministries change."""

import uuid

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from people.validation import write_in_cyrillic


def in_active_language(*, en: str, sr: str) -> str:
    """Return the name for the active language; Serbian is converted to Latin as it is shown."""
    return en if (get_language() or "en").startswith("en") and en else sr


class Listed(models.Model):
    """One of a short list that administrators keep: a key for good, and a name in each language."""

    key = models.SlugField(_("key"), unique=True)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_sr = models.CharField(
        _("name in Serbian Cyrillic"), max_length=100, validators=[write_in_cyrillic]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_active_language(en=self.name_en, sr=self.name_sr)


class Profession(Listed):
    class Track(models.TextChoices):
        POLICE = "police", _("Police")
        JUSTICE = "justice", _("Judges and prosecutors")
        SOCIAL = "social", _("Social workers")
        LABOUR = "labour", _("Labour inspectors")

    track = models.CharField(_("track"), max_length=10, choices=Track, blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("profession")
        verbose_name_plural = _("professions")


class Function(Listed):
    """What somebody is at the institution: heads it, leads a shift. Not everybody has one."""

    class Meta(Listed.Meta):
        verbose_name = _("function")
        verbose_name_plural = _("functions")


class Region(Listed):
    """A part of the country, by which reports are put in groups. It crosses all services."""

    class Meta(Listed.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class Institution(MP_Node):
    """A node of the tree: court under its appellate region, directorate under its ministry."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name_sr = models.CharField(
        _("name in Serbian Cyrillic"), max_length=200, validators=[write_in_cyrillic]
    )
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    sector = models.CharField(_("sector"), max_length=60, blank=True)
    municipality = models.CharField(_("municipality"), max_length=100, blank=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_active_language(en=self.name_en, sr=self.name_sr)

    @property
    def indented(self) -> str:
        """The name, moved to the right by its depth: for lists that show the tree."""
        return "\u00a0\u00a0\u00a0" * (self.depth - 1) + self.name
