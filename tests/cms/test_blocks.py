"""Every block and every field explains itself, and every block shows an example of itself."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.contrib.settings.views import get_setting_edit_handler
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from cms.models import SiteSettings
from tests.factories.courses import SmallCourse

AsRole = Callable[[str], Client]
OURS = ("assessments", "cms", "courses", "people")


def models() -> list[type]:
    """Return what is written in the CMS."""
    every = [*get_page_models(), *get_snippet_models(), SiteSettings]
    return [model for model in every if model._meta.app_label in OURS]


def offered() -> dict[str, Block]:
    """Return every block that the editor's picker offers, by where it stands."""
    return {
        f"{model.__name__}.{field.name}.{name}": block
        for model in models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
        for name, block in field.stream_block.child_blocks.items()
    }


def fields_of(block: Block, where: str) -> Iterator[tuple[str, Block]]:
    """Yield every block inside a block, down to the single input."""
    if isinstance(block, (StructBlock, StreamBlock)):
        for name, child in block.child_blocks.items():
            yield f"{where}.{name}", child
            yield from fields_of(child, f"{where}.{name}")
    elif isinstance(block, ListBlock):
        yield from fields_of(block.child_block, f"{where}[]")
        if not isinstance(block.child_block, StructBlock):
            yield f"{where}[]", block.child_block


def help_of(block: Block) -> str:
    field = getattr(block, "field", None)
    return str(getattr(block.meta, "help_text", "") or getattr(field, "help_text", "") or "")


def test_there_are_blocks_to_check() -> None:
    names = {where.rpartition(".")[2] for where in offered()}
    assert {"text", "law", "video", "self_check", "option", "draw", "question", "source"} <= names


@pytest.mark.parametrize("where", offered())
def test_a_block_says_what_it_is(where: str) -> None:
    block = offered()[where]
    assert block.meta.icon != Block._meta_class.icon
    assert block.meta.label
    assert block.meta.group
    assert block.get_description()
    assert block.is_previewable


def test_every_input_of_every_block_has_help() -> None:
    silent = {
        inside
        for where, block in offered().items()
        for inside, child in fields_of(block, where)
        if not help_of(child)
    }
    assert silent == set()


@pytest.mark.parametrize("where", offered())
def test_a_block_shows_an_example(where: str, course: SmallCourse, as_role: AsRole) -> None:
    block = offered()[where]
    shown = as_role("trainer").get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    )
    html = shown.content.decode()
    assert shown.status_code == 200
    assert "css/tokens.css" in html
    assert "block-preview" in html
    words = html.partition("<main")[2]
    value = block.get_preview_value()
    for text in spoken(value):
        assert text in words, text


def test_a_law_shows_its_date(course: SmallCourse, as_role: AsRole) -> None:
    block = offered()["LessonPage.body.law"]
    url = reverse("wagtailadmin_block_preview")
    shown = as_role("trainer").get(url, {"id": block.definition_prefix})
    assert "1 Nov 2026" in shown.content.decode()


def spoken(value: object) -> list[str]:
    """Return one of the words of a preview's value that the example must show."""
    if isinstance(value, str):
        return [value[:20]]
    first = value.get("title") or value.get("caption") if hasattr(value, "get") else None
    return [str(first)] if first else []


def panels_of(panel: Panel) -> Iterator[FieldPanel]:
    for child in getattr(panel, "children", []):
        yield from panels_of(child)
    if isinstance(panel, FieldPanel):
        yield panel


def test_every_field_in_the_cms_has_help() -> None:
    silent = set()
    for model in models():
        handler = model.get_edit_handler() if issubclass(model, Page) else _handler(model)
        inputs = handler.get_form_class().base_fields
        for panel in panels_of(handler):
            name = panel.field_name
            if not hasattr(Page, name) and not (panel.help_text or inputs[name].help_text):
                silent.add(f"{model.__name__}.{name}")
    assert silent == set()


def _handler(model: type) -> Panel:
    viewset = getattr(model, "snippet_viewset", None)
    if viewset is not None:
        return viewset._edit_handler
    return get_setting_edit_handler(model)
