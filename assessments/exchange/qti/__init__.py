"""QTI 2.1, 2.2 and 3.0 in, 3.0 out. See docs/question-exchange-qti.md."""

from assessments.exchange.qti.reading import read
from assessments.exchange.qti.writing import write

__all__ = ["read", "write"]
