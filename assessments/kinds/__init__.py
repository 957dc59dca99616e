"""The kinds of questions: how each is checked, shown, answered and scored."""

from assessments.kinds.choices import OneRight, SeveralRight, TrueFalse
from assessments.kinds.cloze import Cloze
from assessments.kinds.fill_in import FillIn
from assessments.kinds.hotspots import Hotspot
from assessments.kinds.kind import JOIN, WITH, Kind, Part, Scored
from assessments.kinds.long_answer import LongAnswer
from assessments.kinds.matching import Matching
from assessments.kinds.numeric import Numeric
from assessments.kinds.scales import Likert
from assessments.kinds.sequencing import Sequencing

_ALL: tuple[Kind, ...] = (
    OneRight(),
    SeveralRight(),
    TrueFalse(),
    Matching(),
    Sequencing(),
    FillIn(),
    Numeric(),
    Cloze(),
    Hotspot(),
    Likert(),
    LongAnswer(),
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}

__all__ = ["JOIN", "KINDS", "WITH", "Kind", "Part", "Scored"]
