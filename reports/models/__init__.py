"""What the feed of completions keeps: when a row became another, and what readers were shown."""

from reports.models.change import Change, CompletionChange
from reports.models.scope import Scope

__all__ = ["Change", "CompletionChange", "Scope"]
