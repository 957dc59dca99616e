"""The demo as `make run` serves it, with a folder of its own for each site that a test starts."""

import os
from pathlib import Path

from config.settings.demo import *  # noqa: F403
from config.settings.demo import DATABASES, STORAGES

VAR_DIR = Path(os.environ["PUTOKAZ_SITE_DIR"])
DATABASES["default"]["NAME"] = VAR_DIR / "putokaz.sqlite3"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES["private"]["OPTIONS"] = {"location": PRIVATE_ROOT, "base_url": None}
EMAIL_FILE_PATH = VAR_DIR / "mail"
SEAL_KEY_FILE = VAR_DIR / "seal.p12"
KEYS_ROOT = VAR_DIR / "keys"
STATIC_ROOT = Path(os.environ["PUTOKAZ_STATIC_DIR"])
# Everyone here comes from one address. The limits have tests of their own.
ACCOUNT_RATE_LIMITS = False
STORAGES["staticfiles"] = {"BACKEND": "tests.e2e.storage.GzippedFiles"}
# Nobody guesses these passwords, and everyone signs in again and again.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# One address of the tests breaks; a window may come from an address of its own.
ROOT_URLCONF = "tests.e2e.urls"
TRUSTED_PROXIES = 1
