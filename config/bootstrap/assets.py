"""Fonts, icons and contexts from npm, copied to var/vendor: only the files that are named.

`vendor/fonts/NAME.woff2` comes from a Fontsource package, `vendor/icons/NAME.svg` from Lucide,
`vendor/contexts/NAME.json` from the packages of credentials.
"""

import re
import shutil
import subprocess
from pathlib import Path

from config.bootstrap.contexts import FOLDER, contexts, write_contexts
from config.bootstrap.icons import sprite
from config.bootstrap.stamps import fingerprint, is_fresh, set_stamp
from config.bootstrap.trust import trusting_environment

_NAMED = re.compile(r"vendor/((?:fonts|icons)/[\w.-]+\.(?:woff2|svg))")
_PLACES = {"fonts": "@fontsource/*/files", "icons": "lucide-static/icons"}


SPRITE = "icons/sprite.svg"


class MissingAsset(Exception):
    """A style or page names a file that no npm package has."""


def named_assets(folders: list[Path]) -> set[str]:
    """Return the vendor files that styles, pages and code below the folders name."""
    files = [f for folder in folders for kind in ("css", "html") for f in folder.rglob(f"*.{kind}")]
    return {name for file in files for name in _NAMED.findall(file.read_text(encoding="utf-8"))}


def copy_assets(names: set[str], *, packages: Path, vendor: Path) -> None:
    """Copy the named files from installed packages. Raises MissingAsset."""
    for name in sorted(names):
        folder, _, file = name.partition("/")
        source = next(packages.glob(f"{_PLACES[folder]}/{file}"), None)
        if source is None:
            raise MissingAsset(f"No npm package in static/npm has {file}.")
        target = vendor / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def ensure_assets(root: Path) -> bool:
    """Bring var/vendor up to what is named; False if it already was.

    Raises MissingAsset, or CalledProcessError when npm cannot do it.
    """
    names = named_assets([root / "static" / "css", root / "templates", *root.glob("*/templates")])
    locked = [root / "static" / "npm" / name for name in ("package.json", "package-lock.json")]
    icons, listed = (root / "static" / "npm" / f"{name}.txt" for name in ("icons", "contexts"))
    vocabularies = contexts(listed.read_text())
    vendor, stamp = root / "var" / "vendor", root / "var" / "tools" / ".assets"
    mark = fingerprint([*locked, icons, listed], *sorted(names))
    expected = {*names, SPRITE, *(f"{FOLDER}/{name}" for name in vocabularies)}
    if is_fresh(stamp, mark) and all((vendor / n).is_file() for n in expected):
        return False
    print("Fetching fonts, icons and vocabularies …", flush=True)
    packages = _install(root, locked)
    shutil.rmtree(vendor, ignore_errors=True)
    copy_assets(names, packages=packages, vendor=vendor)
    _write_sprite(icons.read_text().split(), packages=packages, vendor=vendor)
    write_contexts(vocabularies, packages=packages, vendor=vendor)
    set_stamp(stamp, mark)
    return True


def _write_sprite(names: list[str], *, packages: Path, vendor: Path) -> None:
    target = vendor / SPRITE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(sprite(packages / _PLACES["icons"], names))


def _install(root: Path, locked: list[Path]) -> Path:
    """Install the packages beside the data: static/ is served, node_modules must not be."""
    folder = root / "var" / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    for file in locked:
        shutil.copyfile(file, folder / file.name)
    npm = root / ".venv" / "bin" / "npm"
    environment = trusting_environment()
    environment["PATH"] = f"{npm.parent}:{environment.get('PATH', '')}"
    subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
        cwd=folder,
        check=True,
        env=environment,
    )
    return folder / "node_modules"
