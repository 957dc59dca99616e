"""What every story starts from."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def at() -> datetime:
    """A moment: the clock is always passed in."""
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
