"""What may not be typed about a person or an institution."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serbian import proposed_cyrillic

_BETWEEN_DIGITS = re.compile(r"[\s./-]")
_JMBG = re.compile(r"\d{13}")


def refuse_jmbg(value: str) -> None:
    """Raise ValidationError for thirteen digits, however they are divided."""
    if _JMBG.fullmatch(_BETWEEN_DIGITS.sub("", value)):
        raise ValidationError(
            _(
                "This looks like a JMBG, which is never kept here. Leave the field empty or type "
                "the number your institution gave you."
            ),
            code="jmbg",
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
