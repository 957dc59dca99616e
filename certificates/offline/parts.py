"""The worker that keeps the page for a check without a network, and what the page is made of."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override

_STYLES = ("fonts", "tokens", "base", "layout", "parts", "print", "forms", "report", "verify")
_SCRIPTS = (
    "site",
    "offline-page",
    "offline-check",
    "offline-ready",
    "offline-data",
    "signed-line",
    "local-words",
    "qr-text",
    "latin",
)
_FONTS = tuple(
    f"{family}-{letters}-{weight}-normal.woff2"
    for family, weights in (("source-sans-3", (400, 600)), ("source-serif-4", (400, 600)))
    for letters in ("latin", "latin-ext", "cyrillic")
    for weight in weights
)
PARTS = (
    *(f"css/{name}.css" for name in _STYLES),
    *(f"js/{name}.js" for name in _SCRIPTS),
    *(f"vendor/fonts/{name}" for name in _FONTS),
    "vendor/icons/sprite.svg",
    "img/mark.svg",
)
# Imported by a script of ours under its plain name.
_PLAIN = {f"js/{name}.js" for name in _SCRIPTS[2:]}
_WORKER = "js/offline-worker.js"


def addresses_of_workers() -> list[str]:
    """Return where the worker is served: each may act below the folder that it stands in."""
    return [reverse("offline_worker_short"), *_in_each_language("offline_worker").values()]


def worker_script() -> str:
    """Return the worker: what it keeps, then what it does."""
    kept = {
        "version": version(),
        "data": reverse("offline_data"),
        "pages": _in_each_language("verify_offline"),
        "parts": [_address(name) for name in PARTS],
    }
    return f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(static(_WORKER))});\n"


def _in_each_language(name: str) -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = reverse(name)
    return found


def _address(name: str) -> str:
    return f"{settings.STATIC_URL}{name}" if name in _PLAIN else static(name)


@cache
def version() -> str:
    """Return what changes with any byte of a part: browsers then fetch worker and parts anew."""
    digest = hashlib.sha256()
    for name in (*PARTS, _WORKER):
        found = finders.find(name)
        if not isinstance(found, str):
            raise FileNotFoundError(name)
        digest.update(Path(found).read_bytes())
    return digest.hexdigest()[:16]
