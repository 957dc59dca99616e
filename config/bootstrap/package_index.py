"""The Python package index this machine is told to use, read with nothing but Python itself."""

import base64
import configparser
import hashlib
import json
import os
import re
import ssl
import sys
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from config.bootstrap.trust import system_bundle

_PYPI = "https://pypi.org/simple"
_ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.5"
_TIMEOUT = 120


@dataclass(frozen=True)
class Release:
    """A file of a package: its name, address, and the hash the index promises (or "")."""

    filename: str
    url: str
    sha256: str


def index_url() -> str:
    """Return the configured index: uv's variables, pip's, pip's files, else PyPI."""
    names = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
    said = next((os.environ[name] for name in names if os.environ.get(name)), "")
    # uv lets an index have a name: "ours=https://…"
    return re.sub(r"^[\w-]+=", "", said) or _from_pip_files() or _PYPI


def is_mirror(address: str) -> bool:
    """Say whether an index is another than PyPI itself, whose addresses the lock file holds."""
    return urlsplit(address).hostname != "pypi.org"


def releases(package: str, index: str) -> list[Release]:
    """Return every file of a package. Raises OSError when the index cannot be read."""
    page = f"{index.rstrip('/')}/{package}/"
    with _open(page) as answer:
        body = answer.read()
        if "json" in answer.headers.get("Content-Type", ""):
            return [
                Release(f["filename"], urljoin(page, f["url"]), f["hashes"].get("sha256", ""))
                for f in json.loads(body)["files"]
            ]
    links = _Links(page)
    links.feed(body.decode())
    return links.found


def download(release: Release) -> bytes:
    """Return the bytes of a file. Raises ValueError if they are not what the index promised."""
    with _open(release.url) as answer:
        content: bytes = answer.read()
    if release.sha256 and hashlib.sha256(content).hexdigest() != release.sha256:
        raise ValueError(f"{release.filename} is not the file that the index promised")
    return content


def _from_pip_files() -> str:
    found = ""
    for file in _pip_files():
        parser = configparser.RawConfigParser()
        parser.read(file)
        for section in ("global", "install", "download"):
            found = parser.get(section, "index-url", fallback=found)
    return found


def _pip_files() -> list[Path]:
    """The files pip reads; what a later one says counts."""
    home = Path.home()
    shared = [Path("/etc/xdg/pip/pip.conf"), Path("/etc/pip.conf")]
    own = [home / ".pip/pip.conf", home / ".config/pip/pip.conf"]
    extra = os.environ.get("PIP_CONFIG_FILE")
    return [*shared, *own, Path(sys.prefix, "pip.conf"), *([Path(extra)] if extra else [])]


def _open(address: str) -> "urllib.request._UrlopenRet":
    parts = urlsplit(address)
    request = urllib.request.Request(address, headers={"Accept": _ACCEPT})
    if parts.username:
        host = parts.netloc.rpartition("@")[2]
        request.full_url = urlunsplit(parts._replace(netloc=host))
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        request.add_header("Authorization", f"Basic {base64.b64encode(secret.encode()).decode()}")
    bundle = system_bundle()
    trust = ssl.create_default_context(cafile=str(bundle) if bundle else None)
    return urllib.request.urlopen(request, timeout=_TIMEOUT, context=trust)


class _Links(HTMLParser):
    """The older form of an index page: one link per file, its hash after '#sha256='."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Release] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") if tag == "a" else None
        if href:
            url, _, fragment = urljoin(self.page, href).partition("#")
            sha256 = fragment.removeprefix("sha256=") if fragment.startswith("sha256=") else ""
            self.found.append(Release(unquote(url.rpartition("/")[2]), url, sha256))
