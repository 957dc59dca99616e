"""The demo's settings, with the database and files in a folder of the bench."""

import os
from pathlib import Path

from config.settings.demo import *  # noqa: F403

_folder = Path(os.environ["BENCH_FOLDER"])
DATABASES["default"]["NAME"] = _folder / "bench.sqlite3"  # noqa: F405
MEDIA_ROOT = _folder / "media"
PRIVATE_ROOT = _folder / "private"
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT  # noqa: F405
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
