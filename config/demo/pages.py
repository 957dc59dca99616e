"""The pages around the courses, in English and Serbian."""

from typing import Any
from uuid import uuid5

from wagtail.models import Locale, Page, Site

from cms.models import HelpPage, HomePage, SiteSettings, TextPage
from config.demo.files import key_of, read
from config.site_address import site_address
from courses.models import CataloguePage

LANGUAGES = ("en", "sr")


def load_pages() -> CataloguePage:
    """Make or update the pages; return the English catalogue."""
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    # Wagtail's own first page; nothing of ours is below it yet.
    Page.objects.filter(depth=2, slug="home").exclude(pk__in=HomePage.objects.values("pk")).delete()
    homes = {code: _home(code) for code in LANGUAGES}
    for code, home in homes.items():
        _below(home, CataloguePage, "catalogue", code, in_menu=True)
        _below(home, HelpPage, "help", code, in_menu=True)
        _below(home, TextPage, "privacy", code)
    hostname, port = site_address()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": hostname, "port": port, "root_page": homes["en"]},
    )
    Site.clear_site_root_paths_cache()
    words = read("site.yaml")
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults=words
    )
    catalogue: CataloguePage = CataloguePage.objects.get(locale__language_code="en")
    return catalogue


def _home(code: str) -> HomePage:
    words = _in(code, read("pages/home.yaml"))
    page = _existing(HomePage, "home", code)
    if page is None:
        page = HomePage(slug="home" if code == "en" else "home-sr", **_identity("home", code))
        _say(page, words)
        Page.objects.get(depth=1).add_child(instance=page)
    return _publish(page, words)


def _below(
    home: HomePage, model: type[Page], name: str, code: str, *, in_menu: bool = False
) -> None:
    raw = read(f"pages/{name}.yaml")
    words = _in(code, raw)
    page = _existing(model, name, code)
    if page is None:
        page = model(show_in_menus=in_menu, **_identity(name, code))
        _say(page, words)
        HomePage.objects.get(pk=home.pk).add_child(instance=page)
    _publish(page, words)


def _identity(name: str, code: str) -> dict[str, Any]:
    return {
        "translation_key": key_of(f"page {name}"),
        "locale": Locale.objects.get(language_code=code),
    }


def _existing(model: type[Page], name: str, code: str) -> Any:
    return model.objects.filter(
        translation_key=key_of(f"page {name}"), locale__language_code=code
    ).first()


def _publish(page: Any, words: dict[str, Any]) -> Any:
    _say(page, words)
    page.save_revision().publish()
    return page


def _say(page: Page, words: dict[str, Any]) -> None:
    for field, value in words.items():
        setattr(page, field, value)


def _in(code: str, raw: dict[str, Any]) -> dict[str, Any]:
    words = {name: _words(code, value) for name, value in raw.items() if name != "body"}
    if "body" in raw:
        words["body"] = [_block(code, n, block) for n, block in enumerate(raw["body"])]
    return words


def _words(code: str, value: Any) -> Any:
    return value[code] if isinstance(value, dict) else value


def _block(code: str, number: int, block: dict[str, Any]) -> dict[str, Any]:
    ((kind, value),) = block.items()
    if set(value) == set(LANGUAGES):
        said: Any = value[code]
    else:
        said = {name: _words(code, part) for name, part in value.items()}
    return {"type": kind, "value": said, "id": str(uuid5(key_of("block"), f"{kind} {number}"))}
