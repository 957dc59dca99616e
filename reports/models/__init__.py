"""What the feed keeps (when a row became another, what readers were shown), and kept reports."""

from reports.models.change import Change, CompletionChange
from reports.models.saved_view import Every, SavedView
from reports.models.scope import Scope

__all__ = ["Change", "CompletionChange", "Every", "SavedView", "Scope"]
