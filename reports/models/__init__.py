"""What the feed of completions keeps: when a row became another, and what readers were shown."""

from reports.models.change import Change, CompletionChange
from reports.models.pruned import Pruned
from reports.models.scope import Scope
from reports.models.webhook import Hint, Webhook

__all__ = ["Change", "CompletionChange", "Hint", "Pruned", "Scope", "Webhook"]
