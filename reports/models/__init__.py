"""What reports keep: when a row became another, what readers were shown, what was frozen."""

from reports.models.change import Change, CompletionChange
from reports.models.pruned import Pruned
from reports.models.scope import Scope
from reports.models.snapshot import Snapshot
from reports.models.webhook import Hint, Webhook

__all__ = ["Change", "CompletionChange", "Hint", "Pruned", "Scope", "Snapshot", "Webhook"]
