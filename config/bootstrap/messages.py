"""Translations, compiled without GNU gettext: `python -m config.bootstrap.messages`."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]


def compile_messages(locale: Path) -> list[Path]:
    """Compile each .po below a folder that is newer than its .mo; return what was compiled."""
    stale = [po for po in sorted(locale.rglob("*.po")) if _is_stale(po)]
    for po in stale:
        _compile(po)
    return stale


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def _compile(po: Path) -> None:
    with po.open("rb") as source:
        catalog = read_po(source, locale=po.parents[1].name, abort_invalid=True)
    part = po.with_suffix(".part")
    with part.open("wb") as target:
        write_mo(target, catalog)
    part.replace(po.with_suffix(".mo"))


if __name__ == "__main__":
    for compiled in compile_messages(ROOT / "locale"):
        print(f"Compiled {compiled.relative_to(ROOT)}")
