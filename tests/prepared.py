"""A migrated database kept for the stories: migrating takes longer than most of them together.

On SQLite a copy lies in `var/` from run to run, named after our migrations; deleting it is safe.
On PostgreSQL a database of the same cluster serves as the template of each process's own.
`python -m tests.prepared` makes either beforehand, while other checks run.
"""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

import django
from django.conf import settings
from django.db import ProgrammingError, connection

TEMPLATE = "putokaz_migrated"


def take() -> None:
    """Put the kept database where the tests expect theirs, if there is one."""
    if connection.vendor == "postgresql":
        _copy_of_template(connection.settings_dict["TEST"]["NAME"] or _default_name())
    elif kept_file().exists():
        shutil.copyfile(kept_file(), connection.settings_dict["TEST"]["NAME"])


def keep() -> None:
    """Keep the database as it is before the first story, if it is a file and not kept yet."""
    if connection.vendor == "postgresql" or kept_file().exists():
        return
    for old in kept_file().parent.glob("test-template-*.sqlite3"):
        old.unlink(missing_ok=True)
    half = kept_file().with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(half)])
    half.replace(kept_file())


def make() -> None:
    """Migrate an empty database and keep it."""
    if connection.vendor != "postgresql" and kept_file().exists():
        return
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    keep()
    if connection.vendor == "postgresql":
        made = connection.settings_dict["NAME"]
        connection.close()
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{made}" RENAME TO "{TEMPLATE}"')


def _copy_of_template(name: str) -> None:
    # There is none where the tests run alone; and a database of an earlier run is used again.
    with contextlib.suppress(ProgrammingError), connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"')


def _default_name() -> str:
    return f"test_{connection.settings_dict['NAME']}"


def kept_file() -> Path:
    """Return where the migrated SQLite lies, once it has been made."""
    own = sorted(Path(settings.BASE_DIR).glob("*/migrations/*.py"))
    digest = hashlib.sha256()
    for path in own:
        digest.update(path.read_bytes())
    settings.VAR_DIR.mkdir(exist_ok=True)
    kept: Path = settings.VAR_DIR / f"test-template-{digest.hexdigest()[:16]}.sqlite3"
    return kept


if __name__ == "__main__":
    django.setup()
    make()
