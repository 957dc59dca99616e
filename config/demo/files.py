"""The demo's files."""

import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml
from django.conf import settings

from xapi.iris import NAMESPACE


def folder() -> Path:
    """Return the folder of the demo's files."""
    return Path(settings.BASE_DIR) / "demo"


def read(name: str) -> Any:
    """Return what a YAML file of the demo says."""
    return yaml.safe_load((folder() / name).read_text(encoding="utf-8"))


def key_of(slug: str) -> UUID:
    """Return the permanent key that a slug of the demo stands for, the same on every machine."""
    return uuid5(NAMESPACE, f"demo {slug}")


def fingerprint() -> str:
    """Return a hash of all files of the demo: another one means that something has changed."""
    digest = hashlib.sha256()
    for path in sorted(folder().rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder())).encode() + path.read_bytes())
    return digest.hexdigest()
