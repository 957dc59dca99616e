"""What reports keep: changes of rows, what readers were shown and given, what was frozen."""

from reports.models.change import Change, CompletionChange
from reports.models.disclosure import Disclosure, Included, Kind, Purpose
from reports.models.export import Export
from reports.models.pruned import Pruned
from reports.models.scope import Scope
from reports.models.snapshot import Snapshot
from reports.models.webhook import Hint, Webhook

__all__ = [
    "Change",
    "CompletionChange",
    "Disclosure",
    "Export",
    "Hint",
    "Included",
    "Kind",
    "Pruned",
    "Purpose",
    "Scope",
    "Snapshot",
    "Webhook",
]
