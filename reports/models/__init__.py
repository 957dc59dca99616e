"""What reports keep: when a row became another, what readers were shown, what was frozen."""

from reports.models.change import Change, CompletionChange
from reports.models.scope import Scope
from reports.models.snapshot import Snapshot

__all__ = ["Change", "CompletionChange", "Scope", "Snapshot"]
