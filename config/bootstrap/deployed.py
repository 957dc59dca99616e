"""What a site of one's own would be told at its deployment: `python -m config.bootstrap.deployed`.

Its settings are made up, its seal is real: one that is of no use would be a warning of its own.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from certificates.sealing.demo_key import make_demo_key

ROOT = Path(__file__).resolve().parents[2]
_SITE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "only-to-see-the-settings-" + "0123456789abcdefghijklmnopqrstuvwxyz",
    "SITE_URL": "https://training.example.rs",
    "ALLOWED_HOSTS": "training.example.rs",
    "DATABASE_URL": "sqlite://:memory:",
}
_CHECK = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")


def check(changes: Mapping[str, str] | None = None) -> int:
    """Check a site with its settings changed as said; return 0 only if there is no warning."""
    with tempfile.TemporaryDirectory() as folder:
        seal = Path(folder) / "seal.p12"
        make_demo_key(seal)
        site = os.environ | _SITE | {"SEAL_KEY_FILE": str(seal)} | dict(changes or {})
        return subprocess.run([sys.executable, *_CHECK], cwd=ROOT, env=site).returncode


if __name__ == "__main__":
    sys.exit(check())
