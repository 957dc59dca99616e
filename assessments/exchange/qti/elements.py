"""Make elements of QTI 3: named here as in QTI 2, as the reader knows them."""

from xml.etree import ElementTree

from assessments.exchange.qti.tree import kebab

ITEM = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
Element = ElementTree.Element


def qti(name: str, *children: Element, text: str = "", **attributes: str) -> Element:
    """Return an element of QTI, such as `choiceInteraction`."""
    return _made(
        f"qti-{kebab(name)}", children, text, {kebab(key): said for key, said in attributes.items()}
    )


def html(name: str, *children: Element, text: str = "", **attributes: str) -> Element:
    """Return an element of HTML; `class_` is the attribute `class`."""
    return _made(name, children, text, {key.rstrip("_"): one for key, one in attributes.items()})


def paragraphs(text: str) -> list[Element]:
    """Return the paragraphs of a text; a line that ends within one ends there, too."""
    return [broken("p", one) for one in text.split("\n\n") if one.strip()]


def broken(name: str, text: str) -> Element:
    """Return an element of HTML with the lines of a text."""
    first, *others = text.split("\n")
    element = html(name, text=first)
    for line in others:
        add_after(element, html("br"), line)
    return element


def add_after(element: Element, child: Element, text: str) -> None:
    """Append a child and the text that follows it."""
    child.tail = text
    element.append(child)


def as_xml(element: Element, namespace: str) -> bytes:
    """Return an element, whose names are all of one namespace, as a file."""
    element.set("xmlns", namespace)
    return ElementTree.tostring(element, encoding="utf-8", xml_declaration=True)


def _made(
    name: str, children: tuple[Element, ...], text: str, attributes: dict[str, str]
) -> Element:
    element = Element(name, attributes)
    element.text = text or None
    element.extend(children)
    return element
