"""Form fields for people's data."""

from typing import Any

from django import forms


class InstitutionField(forms.ModelChoiceField):
    """The tree of institutions as one list; the indent shows what belongs to what."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.indented)
