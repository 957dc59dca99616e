"""In which language and script somebody wrote, as far as the words themselves tell."""

import re

from serbian.script import CYRILLIC

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = frozenset(CYRILLIC)
_SERBIAN_LETTERS = frozenset("čćžšđČĆŽŠĐ")
# Small words that one language has and the other has not.
_SERBIAN = "je i u na se su da ne za od po nije ali kao iz jer ili bez si ste ovo"
_ENGLISH = "the is of and to in was not it you this that are for with by but as"
_SMALL_WORDS = (frozenset(_SERBIAN.split()), frozenset(_ENGLISH.split()))


def language_of(text: str) -> str:
    """Return "sr-Cyrl", "sr-Latn" or "en"; "" where the words do not tell, as HTML says it."""
    if _CYRILLIC & set(text):
        return "sr-Cyrl"
    if _SERBIAN_LETTERS & set(text):
        return "sr-Latn"
    words = [word.casefold() for word in _WORD.findall(text)]
    serbian, english = (sum(w in known for w in words) for known in _SMALL_WORDS)
    if serbian == english:
        return ""
    return "sr-Latn" if serbian > english else "en"
