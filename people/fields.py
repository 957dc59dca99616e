"""Form fields for people's data."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from people.institutions import in_tree_order


class _InTreeOrder(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for institution in in_tree_order(self.queryset):
            yield self.choice(institution)


class InstitutionField(forms.ModelChoiceField):
    """The tree of institutions as one list; the indent shows what belongs to what."""

    iterator = _InTreeOrder

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.indented)
