"""A secret key for the demo, made once and kept beside its data."""

import secrets
from pathlib import Path


def demo_secret_key(var: Path) -> str:
    """Return the key kept in `var/secret-key`, making it (mode 600) on first use."""
    path = var / "secret-key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
