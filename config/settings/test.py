"""Settings of the test suite: fast hashes, mail in memory, tasks run by the test itself."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)

from .demo import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
# Each process has a folder of its own, gone when it ends: workers side by side share no file.
_folder = tempfile.TemporaryDirectory(prefix="putokaz-test-")
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder.name}/test.sqlite3"}  # noqa: F405
    # A story's data is thrown away: nothing is gained by waiting for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
STATIC_ROOT = Path(_folder.name) / "static"
STATIC_ROOT.mkdir()
MEDIA_ROOT = Path(_folder.name) / "media"
PRIVATE_ROOT = Path(_folder.name) / "private"
KEYS_ROOT = Path(_folder.name) / "keys"
KEYS_PASSPHRASE = ""
EMAIL_FILE_PATH = Path(_folder.name) / "mail"
SEAL_KEY_FILE = Path(_folder.name) / "seal.p12"
STORAGES["private"] = {  # noqa: F405
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
}
STATICFILES_DIRS = [BASE_DIR / "static"]  # noqa: F405
if (VAR_DIR / "vendor").exists():  # noqa: F405
    STATICFILES_DIRS.append(("vendor", VAR_DIR / "vendor"))  # noqa: F405
# Rate limits have tests of their own; elsewhere they would only make stories depend on order.
ACCOUNT_RATE_LIMITS = False
