"""A rendered page in Latin script: text and spoken attributes change, everything else stays.

Left alone: `translate="no"` (names, typed text), passages in another `lang`, code, scripts,
input values, ids and addresses. Work on the finished page costs about 1 ms for 32 kB.
"""

import re

from serbian.script import to_latin

_TAG = re.compile(r"<!--.*?-->|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SPOKEN = re.compile(
    r"""(\s(?:alt|title|aria-label|aria-description|placeholder|content)=)("[^"]*"|'[^']*')"""
)
_OTHER_LANGUAGE = re.compile(r"""\slang=["']?(?!sr\b|sr-)[a-zA-Z]""")
_VERBATIM = {"script", "style", "textarea", "code", "pre", "kbd", "samp"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
_VOID |= {"track", "wbr"}


def page_to_latin(html: str) -> str:
    """Return the HTML document or fragment `html` with its Serbian text in Latin script."""
    out: list[str] = []
    kept: str | None = None  # name of the element inside which nothing is converted
    depth = 0
    position = 0
    for tag in _TAG.finditer(html):
        text = html[position : tag.start()]
        out.append(text if kept else _text(text))
        position = tag.end()
        markup = tag[0]
        name = _name_of(markup)
        if kept:
            if name == kept and not markup.endswith("/>"):
                depth += -1 if markup.startswith("</") else 1
                kept = kept if depth else None
        elif name and not markup.startswith("</") and _is_kept(name, markup):
            kept, depth = (None, 0) if name in _VOID or markup.endswith("/>") else (name, 1)
        elif name:
            markup = _attributes(markup)
        out.append(markup)
    rest = html[position:]
    out.append(rest if kept else _text(rest))
    return "".join(out)


def _name_of(markup: str) -> str:
    match = _NAME.match(markup)
    return match[1].lower() if match else ""


def _is_kept(name: str, markup: str) -> bool:
    if name == "html":
        return False
    return (
        name in _VERBATIM
        or 'translate="no"' in markup
        or (" lang=" in markup and _OTHER_LANGUAGE.search(markup) is not None)
    )


def _text(text: str) -> str:
    return to_latin(text) if _CYRILLIC.search(text) else text


def _attributes(markup: str) -> str:
    if not _CYRILLIC.search(markup):
        return markup
    return _SPOKEN.sub(lambda match: match[1] + to_latin(match[2]), markup)
