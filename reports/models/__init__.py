"""What the feed of completions keeps, and what institutions say about who is obliged."""

from reports.models.change import Change, CompletionChange
from reports.models.obliged import ObligedList, ObligedPerson, ObligedUpload
from reports.models.scope import Scope

__all__ = [
    "Change",
    "CompletionChange",
    "ObligedList",
    "ObligedPerson",
    "ObligedUpload",
    "Scope",
]
