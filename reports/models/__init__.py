"""What reports keep: when a row became another, what readers were shown, and who was given what."""

from reports.models.change import Change, CompletionChange
from reports.models.disclosure import Disclosure, Included, Kind, Purpose
from reports.models.export import Export
from reports.models.scope import Scope

__all__ = [
    "Change",
    "CompletionChange",
    "Disclosure",
    "Export",
    "Included",
    "Kind",
    "Purpose",
    "Scope",
]
