"""Who talks to the record store in these stories."""

import pytest

from tests.lrs.http.tools import Tool


@pytest.fixture
def tool(db: None) -> Tool:
    """A tool that may do everything."""
    return Tool()
