"""One byte changed, anywhere: it is seen."""

import random

import pytest

from certificates.attached import Attached
from certificates.rendering import render_sheet
from certificates.sealing import seal
from certificates.sealing.checking import examine
from certificates.sealing.configured import seal_settings
from certificates.sealing.trust import anchors
from tests.factories.sheets import ISSUED, sheet_of

pytestmark = pytest.mark.slow
DATA = Attached("credential.jwt", "application/vc+jwt", b"e30.e30.c2ln", "As data")


@pytest.fixture(scope="module")
def sealed() -> bytes:
    pdf = seal(render_sheet(sheet_of(), [DATA]), at=ISSUED)
    assert examine(pdf).is_ours
    return pdf


def accepted(pdf: bytes, changes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return those changes, of a place to a byte, after which a file still counts as ours."""
    believed, passed = anchors(seal_settings()), []
    for place, byte in changes:
        changed = pdf[:place] + bytes([byte]) + pdf[place + 1 :]
        assert changed != pdf
        if examine(changed, believed=believed).is_ours:
            passed.append((place, byte))
    return passed


def test_at_two_hundred_places(sealed: bytes) -> None:
    chance, last = random.Random(2026), len(sealed) - 1
    places = {0, 1, last - 1, last, *chance.sample(range(len(sealed)), 200)}
    changes = [(place, sealed[place] ^ (1 << chance.randrange(8))) for place in sorted(places)]
    assert accepted(sealed, changes) == []


def test_at_every_place_that_the_signature_itself_does_not_cover(sealed: bytes) -> None:
    begin = sealed.index(b"/Contents <3082") + len(b"/Contents ")
    end = sealed.index(b">", begin) + 1
    used = len(sealed[begin:end].rstrip(b"0>"))
    places = [*range(begin, begin + used + 8), end - 2, end - 1]
    assert accepted(sealed, [(place, sealed[place] ^ 0x01) for place in places]) == []
