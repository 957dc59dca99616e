"""The two scripts of Serbian: one text, read in Cyrillic or in Latin."""

from serbian.page import page_to_latin
from serbian.recognising import language_of
from serbian.script import fold, in_script, proposed_cyrillic, to_cyrillic, to_latin
from serbian.sorting import SortKey, sort_key

__all__ = [
    "SortKey",
    "fold",
    "in_script",
    "language_of",
    "page_to_latin",
    "proposed_cyrillic",
    "sort_key",
    "to_cyrillic",
    "to_latin",
]
