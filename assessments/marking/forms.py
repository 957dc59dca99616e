"""The form of whoever grades: points for each criterion, and words if there is something to say."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _

from assessments.kinds import Part
from assessments.kinds.long_answer import criteria


class MarkForm(forms.Form):
    """One field for each criterion, by its key; the first has the cursor."""

    def __init__(self, *args: object, parts: Sequence[Part], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.keys = [part.key for part in criteria(parts)]
        for part in criteria(parts):
            most = int(part.value["points"])
            self.fields[part.key] = forms.FloatField(
                label=_("%(criterion)s (0 to %(most)d)") % {"criterion": part.text, "most": most},
                help_text=str(part.words.get("guidance") or ""),
                min_value=0,
                max_value=most,
                step_size=0.5,
            )
        self.fields[self.keys[0]].widget.attrs["autofocus"] = True
        self.fields["remark"] = forms.CharField(
            label=_("To the learner"),
            help_text=_("What is missing, where to read it. The learner sees it, not your name."),
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    @property
    def points(self) -> dict[str, float]:
        return {key: self.cleaned_data[key] for key in self.keys}
