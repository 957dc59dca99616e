"""The vocabularies that a certificate as data is written in, from npm: JSON-LD contexts.

`static/npm/contexts.txt` names each with its file in a package. Some packages keep the JSON in a
script, as its one value; the script is read, never run. What a context must say is pinned where
it is used, in `certificates/credential/contexts.py`.
"""

import json
from pathlib import Path

FOLDER = "contexts"
_VALUE = "module.exports ="


def contexts(listing: str) -> dict[str, str]:
    """Return where each context lies among the packages, by the name it gets here."""
    return dict(line.split() for line in listing.splitlines() if line.strip())


def write_contexts(names: dict[str, str], *, packages: Path, vendor: Path) -> None:
    """Write the contexts as JSON. Raises OSError or ValueError if a package has it no more."""
    folder = vendor / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in names.items():
        context = json.loads(_value((packages / source).read_text(encoding="utf-8")))
        (folder / name).write_text(json.dumps(context, indent=1), encoding="utf-8")


def _value(text: str) -> str:
    before, found, value = text.partition(_VALUE)
    return value.strip().removesuffix(";") if found else before
