"""QTI 2.1, 2.2 and 3.0. See docs/question-exchange-qti.md."""

from assessments.exchange.qti.reading import read

__all__ = ["read"]
