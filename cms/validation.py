"""What may not be typed about a hotline."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serbian import proposed_cyrillic

_PHONE = re.compile(r"[\d\s+/()-]+")


def can_be_dialled(value: str) -> None:
    """Raise ValidationError for what no telephone can dial."""
    if not _PHONE.fullmatch(value) or len(re.findall(r"\d", value)) < 2:
        raise ValidationError(
            _("Write a number that can be dialled: digits, spaces and + / - ( ) only."),
            code="phone",
        )


def write_in_cyrillic(value: str) -> None:
    """Raise ValidationError, with a proposal, for Serbian written in Latin letters alone."""
    proposal = proposed_cyrillic(value)
    if proposal:
        raise ValidationError(
            _("Write this in Cyrillic, for example: %(proposal)s"),
            code="script",
            params={"proposal": proposal},
        )
