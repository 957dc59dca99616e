"""What reports keep: what became another, what readers were shown, what was frozen or saved."""

from reports.models.change import Change, CompletionChange
from reports.models.pruned import Pruned
from reports.models.saved_view import Every, SavedView
from reports.models.scope import Scope
from reports.models.snapshot import Snapshot
from reports.models.webhook import Hint, Webhook

__all__ = [
    "Change",
    "CompletionChange",
    "Every",
    "Hint",
    "Pruned",
    "SavedView",
    "Scope",
    "Snapshot",
    "Webhook",
]
