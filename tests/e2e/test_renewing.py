"""A certificate has expired: from the letter to the refresher, and to a new one in its place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import Learner, Visitor, facts_of
from tests.e2e.site import Site
from tests.e2e.windows import PHONE

pytestmark = pytest.mark.browser


def test_an_expired_certificate_is_renewed(window: Callable[..., Page], site: Site) -> None:
    holder = Learner(window("holder", viewport=PHONE), site, "sr")
    _was_written_to(holder)
    old = _finds_it_expired_on_the_shelf(holder)
    _takes_the_refresher(holder)
    new = _finds_the_new_one(holder)
    _is_told_of_the_old_one(Visitor(window(), site, "en"), old, new)


def _was_written_to(holder: Learner) -> None:
    holder.opens_mail()
    letter = holder.page.locator("article", has_text="holder@example.org").first
    expect(letter).to_contain_text("Renew it with the refresher")
    expect(letter).to_contain_text(f"/{holder.facts['refresher']}")


def _finds_it_expired_on_the_shelf(holder: Learner) -> str:
    """Follow the way to the refresher; return the code of what has expired."""
    holder.opens("my/certificates/")
    holder.sees("Expired")
    code = holder.page.locator(".card p.small b").inner_text()
    way = holder.page.locator(".card a.btn").first
    expect(way).to_contain_text(holder.in_script("Трговина људима: шта је ново"))
    holder.leaves_by(way)
    expect(holder.page.locator(".renewal")).to_contain_text("PTK-")
    return code


def _takes_the_refresher(holder: Learner) -> None:
    holder.enrols()
    while holder.page.locator(".aside form button.block").count():
        holder.leaves_by(holder.page.locator(".aside form button.block"))
        if "refresher-test" in holder.page.url:
            holder.passes_the_quiz()
        else:
            holder.reads_the_lesson()
        holder.opens(holder.facts["refresher"])
    holder.sees("Course completed")


def _finds_the_new_one(holder: Learner) -> str:
    """Look until the worker has drawn it; return its serial."""
    holder.opens("my/certificates/")
    fallen = holder.page.locator(".card .fell", has_text=holder.words("Renewed; the new one is"))
    while not fallen.count():
        holder.page.wait_for_timeout(200)
        holder.opens("my/certificates/")
    first = holder.page.locator(".card").first
    serial = first.locator("p.label").inner_text()
    expect(fallen).to_contain_text(serial)
    expect(first.locator(".fell")).to_have_count(0)
    holder.leaves_by(first.get_by_role("link", name=holder.words("Verification page")))
    facts = facts_of(holder.page)
    assert holder.words("Renewed on") in facts
    assert "40" in facts[holder.words("Refresher")]
    return serial


def _is_told_of_the_old_one(anyone: Visitor, code: str, successor: str) -> None:
    anyone.opens(f"verify/{code}/")
    anyone.sees_heading("This certificate was renewed")
    anyone.sees("Renewed; the new one is")
    anyone.sees(successor)
