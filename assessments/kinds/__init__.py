"""The kinds of questions: how each is checked, shown, answered and scored."""

from assessments.kinds.choices import OneRight, SeveralRight, TrueFalse
from assessments.kinds.kind import JOIN, WITH, Kind, Part, Scored

KINDS: dict[str, Kind] = {kind.name: kind for kind in (OneRight(), SeveralRight(), TrueFalse())}

__all__ = ["JOIN", "KINDS", "WITH", "Kind", "Part", "Scored"]
