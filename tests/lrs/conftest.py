"""What every story of the record store starts from."""

from collections.abc import Iterator

import pytest

from lrs import dictionary
from lrs.access import forget_verified


@pytest.fixture(autouse=True)
def _nobody_known() -> Iterator[None]:
    """Ask the database anew: keys come round again from story to story."""
    forget_verified()
    dictionary.forget()
    yield
    forget_verified()
    dictionary.forget()
