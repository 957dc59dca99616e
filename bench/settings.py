"""The demo's settings, with the files in a folder of the bench; DATABASE_URL names the database."""

import os
from pathlib import Path

from config.settings.demo import *  # noqa: F403

_folder = Path(os.environ["BENCH_FOLDER"])
MEDIA_ROOT = _folder / "media"
PRIVATE_ROOT = _folder / "private"
KEYS_ROOT = _folder / "keys"
SEAL_KEY_FILE = _folder / "seal.p12"
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT  # noqa: F405
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
