"""What the form of a question gives to `static/js/places.js`, which draws places in a picture."""

from typing import Any

from django.forms.widgets import Script
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

SCRIPT = Script("js/places.js", type="module")

_WORDS = {
    "label": _("Places in the picture"),
    "help": _(
        "Drag across the picture to draw a place, drag a place to move it, and a corner of it to "
        "make it larger or smaller. By keyboard: the Tab key leads to each place, arrow keys move "
        "it, with Shift they change its size, Enter leads to its words. The numbers below follow."
    ),
    "add": _("Draw a place in the middle"),
    "unnamed": _("no words yet"),
    "right": _("right"),
    "wrong": _("not right"),
    "open": _("not drawn yet"),
    "moved": _(
        "{place}: {left} per cent from the left, {top} from the top, {width} wide, {height} high."
    ),
    "drawn": _("{place}: drawn. Arrow keys move it, Enter leads to its words."),
    "full": _("There can be no more places. Move one of those that are there."),
}


def tool_attributes() -> dict[str, Any]:
    """Return the attributes that make the form of a picture a drawing tool where scripts run."""
    return {
        "data-controller": "places",
        "data-picture": reverse_lazy("question_picture", args=[0]),
        **{f"data-word-{name}": text for name, text in _WORDS.items()},
    }
