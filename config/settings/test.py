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
_files = Path(tempfile.gettempdir()) / f"putokaz-test-{os.getuid()}"
MEDIA_ROOT = _files / "media"
PRIVATE_ROOT = _files / "private"
EMAIL_FILE_PATH = _files / "mail"
STORAGES["private"]["OPTIONS"]["location"] = PRIVATE_ROOT  # noqa: F405
STATICFILES_DIRS = [BASE_DIR / "static"]  # noqa: F405
if (VAR_DIR / "vendor").exists():  # noqa: F405
    STATICFILES_DIRS.append(("vendor", VAR_DIR / "vendor"))  # type: ignore[arg-type] # noqa: F405
# Rate limits have tests of their own; elsewhere they would only make stories depend on order.
ACCOUNT_RATE_LIMITS = False
