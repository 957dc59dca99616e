"""Every section of xAPI names tests that exist, or says why it needs none."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "xapi-sections.md").read_text()
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def sections(text: str) -> dict[str, list[str]]:
    """Return the cells of each section after its number, by document and number."""
    found: dict[str, list[str]] = {}
    document = ""
    for line in text.splitlines():
        if line.startswith("## "):
            document = line.removeprefix("## ")
        elif line.startswith("| ") and not line.startswith("| section"):
            number, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            assert len(cells) == 4, line
            section = f"{document}, {number}"
            assert section not in found, f"{section} stands there twice"
            found[section] = cells
    return found


SECTIONS = sections(TEXT)


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text())
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return frozenset(name for name in names if name.startswith("test_"))


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_names_tests_that_exist_or_says_why_it_needs_none(section: str) -> None:
    _, _, tests, remark = SECTIONS[section]
    assert not NAMED.sub("", tests).strip()
    assert tests or remark
    for path, name in NAMED.findall(tests):
        assert names_in(path)
        assert not name or name in names_in(path), f"{path} has no {name}"


def test_each_document_is_there() -> None:
    documents = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    counted = [sum(one.startswith(f"{name}, ") for one in SECTIONS) for name in documents]
    assert len(documents) == 3
    assert min(counted) > 25
