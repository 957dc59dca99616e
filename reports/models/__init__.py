"""What reports keep: what became another; what readers were shown, given, have frozen or saved."""

from reports.models.change import Change, CompletionChange
from reports.models.disclosure import Disclosure, Included, Kind, Purpose
from reports.models.export import Export
from reports.models.pruned import Pruned
from reports.models.saved_view import Every, SavedView
from reports.models.scope import Scope
from reports.models.snapshot import Snapshot
from reports.models.webhook import Hint, Webhook

__all__ = [
    "Change",
    "CompletionChange",
    "Disclosure",
    "Every",
    "Export",
    "Hint",
    "Included",
    "Kind",
    "Pruned",
    "Purpose",
    "SavedView",
    "Scope",
    "Snapshot",
    "Webhook",
]
