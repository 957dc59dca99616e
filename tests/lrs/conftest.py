"""What every story of the record store starts from."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from lrs import dictionary
from lrs.access import forget_verified
from tests import prepared


@pytest.fixture(autouse=True)
def _nobody_known() -> Iterator[None]:
    """Ask the database anew: keys come round again from story to story."""
    forget_verified()
    dictionary.forget()
    yield
    forget_verified()
    dictionary.forget()


@pytest.fixture(scope="session")
def migrated() -> Path:
    """Where a migrated SQLite lies, for stories with a server and a database of their own."""
    kept = prepared.kept_file()
    if not kept.exists():
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
        environment.pop("DATABASE_URL", None)
        subprocess.run(
            [sys.executable, "-m", "tests.prepared"],
            cwd=settings.BASE_DIR,
            env=environment,
            check=True,
        )
    return kept
