"""A migrated SQLite database kept from run to run: migrating takes longer than all stories.

The copy is named after our migrations; those of a newer library are run on it as on any other.
It lies in `var/`; deleting it is safe.
"""

import hashlib
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def take() -> None:
    """Put the kept database where the tests expect theirs, if there is one."""
    if _kept().exists():
        shutil.copyfile(_kept(), connection.settings_dict["TEST"]["NAME"])


def keep() -> None:
    """Keep the database as it is before the first story, if it is not kept yet."""
    if _kept().exists():
        return
    for old in _kept().parent.glob("test-template-*.sqlite3"):
        old.unlink(missing_ok=True)
    half = _kept().with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(half)])
    half.replace(_kept())


def _kept() -> Path:
    own = sorted(Path(settings.BASE_DIR).glob("*/migrations/*.py"))
    digest = hashlib.sha256()
    for path in own:
        digest.update(path.read_bytes())
    settings.VAR_DIR.mkdir(exist_ok=True)
    kept: Path = settings.VAR_DIR / f"test-template-{digest.hexdigest()[:16]}.sqlite3"
    return kept
