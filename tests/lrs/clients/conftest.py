"""One store for all of these clients."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lrs.store import Store, on_sqlite


@pytest.fixture(scope="package")
def store(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A running store."""
    running = on_sqlite(tmp_path_factory.mktemp("store"), migrated)
    running.let_in()
    running.start()
    yield running
    running.stop()
