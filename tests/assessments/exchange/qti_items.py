"""Small items of QTI for the tests, in the words of either version."""

import io
import re
import zipfile
from typing import Any

from PIL import Image

from assessments.exchange.item import Item, Refusal
from assessments.exchange.qti import read

V2, V3 = "2.2", "3.0"
NAMESPACES = {
    V2: "http://www.imsglobal.org/xsd/imsqti_v2p2",
    V3: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/{0}/{1}"/>'
MATCH_CORRECT = MATCH.format("rptemplates", "match_correct")
MAP_RESPONSE = MATCH.format("rptemplates", "map_response")
MAP_POINT = MATCH.format("rptemplates", "map_response_point")
HTML = {"p", "div", "b", "br", "img", "object", "sup", "sub", "table", "tr", "td", "math", "em"}


def response(
    *correct: str,
    cardinality: str = "single",
    base: str = "identifier",
    points: dict[str, float] | None = None,
    name: str = "RESPONSE",
    inner: str = "",
) -> str:
    values = "".join(f"<value>{one}</value>" for one in correct)
    entries = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{worth}"/>' for key, worth in (points or {}).items()
    )
    mapping = f'<mapping defaultValue="0">{entries}</mapping>' if points else ""
    held = f"<correctResponse>{values}</correctResponse>" if correct else ""
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" '
        f'baseType="{base}">{held}{mapping}{inner}</responseDeclaration>'
    )


def choices(*texts: str, name: str = "simpleChoice") -> str:
    """A choice per text; its identifier is its first letter."""
    return "".join(f'<{name} identifier="{text[0]}">{text}</{name}>' for text in texts)


def item(
    declarations: str,
    body: str,
    processing: str = MATCH_CORRECT,
    *,
    version: str = V2,
    extra: str = "",
    title: str = "An item",
) -> bytes:
    text = (
        f'<assessmentItem xmlns="{NAMESPACES[version]}" identifier="i1" title="{title}" '
        f'adaptive="false" timeDependent="false">{declarations}'
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
        f"\n<itemBody>{body}</itemBody>\n{processing}{extra}</assessmentItem>"
    )
    return (text if version == V2 else as_version_3(text)).encode()


def as_version_3(text: str) -> str:
    """Return the words of QTI 2 in those of QTI 3."""
    text = re.sub(r"(</?)([a-zA-Z]+)", lambda m: m[1] + _element(m[2]), text)
    text = re.sub(r" ([a-z]+[A-Z]\w*)=", lambda m: f" {_kebab(m[1])}=", text)
    return re.sub(r"http://www.imsglobal.org/question/qti_v2p2(/[\w/]+)", _address, text)


def _address(found: re.Match[str]) -> str:
    return f"https://purl.imsglobal.org/spec/qti/v3p0{found[1]}.xml"


def _element(name: str) -> str:
    return name if name in HTML else f"qti-{_kebab(name)}"


def _kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda found: "-" + found[0].lower(), name)


def taken(data: bytes, name: str = "i.xml") -> Item:
    """The one question of a file, of which nothing was refused."""
    reading = read(name, data)
    assert reading.refused == ()
    (found,) = reading.items
    return found


def refused(data: bytes, name: str = "i.xml") -> Refusal:
    """What a file was refused for; nothing of it was taken."""
    reading = read(name, data)
    assert reading.items == ()
    (found,) = reading.refused
    return found


def values(found: Item, type_: str, *names: str) -> list[Any]:
    """What stands in the parts of one type: a field of each, or several."""
    parts = [value for name, value in found.parts if name == type_]
    return [part[names[0]] if len(names) == 1 else tuple(part[n] for n in names) for part in parts]


def picture(width: int = 200, height: int = 100, format_: str = "PNG") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(target, format_)
    return target.getvalue()


def package(files: dict[str, bytes], *, items: list[str] | None = None, extra: str = "") -> bytes:
    """A package whose manifest names every file; those that end in .xml are items."""
    names = items if items is not None else [name for name in files if name.endswith(".xml")]
    resources = "".join(
        f'<resource identifier="r{at}" type="imsqti_item_xmlv2p2" href="{name}">'
        f'<file href="{name}"/>'
        + "".join(f'<file href="{one}"/>' for one in files if not one.endswith(".xml"))
        + "</resource>"
        for at, name in enumerate(names)
    )
    manifest = (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m">'
        f"<organizations/><resources>{resources}{extra}</resources></manifest>"
    )
    return zipped({"imsmanifest.xml": manifest.encode(), **files})


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()
