"""A package is never trusted: it is read by the names in its manifest, within limits."""

import io
import stat
import zipfile

import pytest

from assessments.exchange.qti import archive, read
from tests.assessments.exchange.qti_items import (
    choices,
    item,
    package,
    picture,
    refused,
    response,
    taken,
    zipped,
)

ASK = '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">{0}</choiceInteraction>'
GOOD = item(response("P"), ASK.format(choices("Prosecutor", "Employer")), title="Good")
BAD = item("", "<p>Nothing asked.</p>", title="Bad")
SPOTS = item(
    response("A"),
    '<hotspotInteraction responseIdentifier="RESPONSE"><object data="{0}" width="200" '
    'height="100">A room</object><hotspotChoice identifier="A" shape="rect" coords="0,0,20,20"/>'
    '<hotspotChoice identifier="B" shape="rect" coords="40,40,60,60"/></hotspotInteraction>',
).decode()


def spots(picture_name: str) -> bytes:
    return SPOTS.replace("{0}", picture_name).encode()


def test_what_can_be_taken_comes_in_and_the_rest_is_listed_by_file() -> None:
    reading = read("p.zip", package({"a/good.xml": GOOD, "a/bad.xml": BAD}))
    assert [found.name for found in reading.items] == ["Good"]
    assert [found.name for found in reading.refused] == ["Bad (a/bad.xml)"]


def test_a_package_may_lie_in_a_folder() -> None:
    inner = zipfile.ZipFile(io.BytesIO(package({"good.xml": GOOD})))
    data = zipped({f"folder/{name}": inner.read(name) for name in inner.namelist()})
    assert taken(data).name == "Good"


def test_a_test_and_an_old_item_are_said_not_to_come_in() -> None:
    extra = (
        '<resource identifier="t" type="imsqti_test_xmlv2p2" href="t.xml"/>'
        '<resource identifier="o" type="imsqti_xmlv1p2" href="old.xml"/>'
    )
    reading = read("p.zip", package({"good.xml": GOOD}, extra=extra))
    assert len(reading.items) == 1
    assert [found.name for found in reading.refused] == ["t.xml", "old.xml"]


def test_tags_and_difficulty_come_from_the_manifest() -> None:
    lom = (
        '<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><keyword><string>signs</string>'
        "</keyword></general><educational><difficulty><value>difficult</value></difficulty>"
        "</educational></lom>"
    )
    extra = (
        '<resource identifier="x" type="imsqti_item_xmlv3p0" href="good.xml">'
        f'<metadata>{lom}</metadata><file href="good.xml"/></resource>'
    )
    found = taken(package({"good.xml": GOOD}, items=[], extra=extra))
    assert (found.tags, found.difficulty) == (("signs",), 3)


@pytest.mark.parametrize("href", ["../room.png", "/etc/passwd", "http://example.org/a.png", ""])
def test_a_picture_from_elsewhere_is_never_fetched(href: str) -> None:
    data = package({"i.xml": spots(href), "room.png": picture()})
    assert "not a file of the package" in refused(data).reason


def test_only_files_that_the_manifest_names_are_read() -> None:
    inside = package({"i.xml": spots("room.png")})
    with zipfile.ZipFile(io.BytesIO(inside)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    data = zipped({**files, "room.png": picture()})
    assert "manifest does not name" in refused(data).reason


def test_a_picture_is_known_by_its_bytes_not_by_its_name() -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    assert "no picture" in refused(package({"i.xml": spots("a.png"), "a.png": svg})).reason
    found = taken(package({"i.xml": spots("a.png"), "a.png": picture(format_="JPEG")}))
    assert list(found.pictures) == ["a.jpg"]


def test_a_picture_needs_its_package() -> None:
    assert "whole package" in refused(spots("room.png")).reason


@pytest.mark.parametrize("name", ["../i.xml", "/i.xml", "a/../../i.xml", "C:/i.xml", "a\\i.xml"])
def test_a_name_that_leads_out_refuses_the_package(name: str) -> None:
    found = refused(package({"good.xml": GOOD, name: b"x"}, items=["good.xml"]), "p.zip")
    assert found.name == "p.zip"
    assert "leads out" in found.reason


def test_a_link_refuses_the_package() -> None:
    target = io.BytesIO(package({"good.xml": GOOD}))
    with zipfile.ZipFile(target, "a") as opened:
        link = zipfile.ZipInfo("link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        opened.writestr(link, "/etc/passwd")
    assert "is a link" in refused(target.getvalue()).reason


def test_what_unpacks_to_far_more_than_it_is_refuses_the_package() -> None:
    bomb = zipped({"imsmanifest.xml": b"<manifest/>", "zeros": bytes(8 * 1024 * 1024)})
    assert "too densely" in refused(bomb).reason


def test_too_many_files_refuse_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    data = package({"good.xml": GOOD, "bad.xml": BAD})
    assert "too many files" in refused(data).reason


def test_a_size_that_lies_is_noticed() -> None:
    data = bytearray(package({"good.xml": GOOD}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (5).to_bytes(4, "little")
    reading = read("p.zip", bytes(data))
    assert reading.items == ()
    assert len(reading.refused) == 1


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"good.xml": GOOD}, "no imsmanifest"),
        ({"imsmanifest.xml": b"<html/>"}, "no manifest"),
        ({"imsmanifest.xml": b"<manifest/>"}, "names no items"),
        ({"imsmanifest.xml": b"<man"}, ""),
    ],
)
def test_a_zip_that_is_no_package_is_refused(files: dict[str, bytes], reason: str) -> None:
    assert reason in str(refused(zipped(files)).reason)


def test_an_item_that_is_missing_is_refused() -> None:
    data = package({"good.xml": GOOD}, items=["good.xml", "gone.xml"])
    reading = read("p.zip", data)
    assert len(reading.items) == 1
    assert "not in the package" in reading.refused[0].reason
