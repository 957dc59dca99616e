"""A paper is checked: by its QR code, with a network and without; by its file; by an old code."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from certificates.keys.forms import base64url, from_base64url
from tests.e2e.axe import found_amiss
from tests.e2e.conftest import FORMS
from tests.e2e.people import Visitor, facts_of, session_of
from tests.e2e.site import Site, copy_of
from tests.e2e.windows import PHONE, Window

pytestmark = pytest.mark.browser

Paper = dict[str, str]
# What a browser asks for, where the address says no language: that of a QR code.
ASKS_FOR = {"en": "en-GB", "sr": "sr-RS", "sr-latn": "sr-Latn-RS"}
SAME = "It was signed by us, and says the same as the register."
UNKNOWN = (
    "It was signed by us, but the register does not know the certificate. Ask whoever issued it."
)
CANNOT = (
    "This browser could not check its signature."
    " What stands on this page comes from the register all the same."
)
GENUINE = "Genuine and, as of {moment}, neither revoked nor replaced"
DIFFERS = "This QR code differs from our register"
ALTERED = "This QR code was altered"
ANOTHER = "This QR code belongs to another certificate"
NOT_OURS = "This is not a QR code of ours"


@pytest.fixture(scope="module")
def verified(
    prepared: Path, static: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, dict[str, Paper]]]:
    """A site of its own, with certificates of every kind in the hands of people."""
    site = copy_of(prepared, tmp_path_factory.mktemp("verified") / "var", static=static)
    papers = json.loads(site.run("-m", "tests.e2e.verified"))
    site.start()
    yield site, papers
    site.stop()


@pytest.fixture
def papers(verified: tuple[Site, dict[str, Paper]]) -> dict[str, Paper]:
    return verified[1]


_ADDRESSES = count(1)


@pytest.fixture
def phone(
    browser: Browser, verified: tuple[Site, dict[str, Paper]]
) -> Iterator[Callable[..., Visitor]]:
    """A phone of somebody who looks at papers; with an account only where `who` is said."""
    site, opened = verified[0], []

    def open_(form: str = "en", who: str = "", **options: Any) -> Visitor:
        if who:
            options["storage_state"] = session_of(browser, site, f"{who}@example.org")
        # Each has an address of its own: how often one may check has tests of its own.
        own = {"X-Forwarded-For": f"198.51.100.{next(_ADDRESSES)}"}
        about = {"locale": ASKS_FOR[form], "extra_http_headers": own}
        opened.append(Window(browser, site.url, **about | options))
        return Visitor(opened[-1].page, site, form)

    yield open_
    for each in opened:
        each.close()
    assert [amiss for each in opened for amiss in each.amiss] == []


def qr(paper: Paper, *, line: str = "") -> str:
    """Return the address that a camera reads off a paper, without the site."""
    return f"/verify/{paper['code']}#{line or paper['line']}"


def altered(line: str) -> str:
    """Return a line with another name in it."""
    return _changed(line, lambda said: said.replace("\nЂорђе", "\nЂурађ"))


def with_unknown_key(line: str) -> str:
    return _changed(line, lambda said: f"unknown1{said[8:]}")


def _changed(line: str, change: Callable[[str], str]) -> str:
    """Return a line that says something else under the same signature."""
    version, payload, signature = line.split(".")
    said = from_base64url(payload).decode()
    assert change(said) != said
    return f"{version}.{base64url(change(said).encode())}.{signature}"


def gets_ready(officer: Visitor) -> None:
    officer.opens("verify/")
    officer.leaves_by(officer.named(officer.words("Get this phone ready for it")))
    officer.clicks("Get this phone ready")
    is_ready(officer)


def is_ready(officer: Visitor) -> None:
    expect(officer.page.locator("p[data-state=ready]")).to_be_visible()
    expect(officer.named(officer.words("Update now"))).to_be_visible()


def loses_the_network(officer: Visitor) -> None:
    officer.page.context.set_offline(True)


def scans(officer: Visitor, address: str) -> None:
    """Open what the camera has read, in a window that shows nothing yet."""
    officer.page.goto("about:blank")
    officer.page.goto(address)


def answers(officer: Visitor, heading: str) -> None:
    """Read the answer of the page that needs no network."""
    shown = officer.page.locator("[data-answer] h3").filter(visible=True)
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text(officer.words(heading).partition("{")[0])


def refuses(officer: Visitor, heading: str) -> None:
    """Read the answer about a QR code that is amiss: it is the heading of the page."""
    shown = officer.page.locator("h1").filter(visible=True)
    expect(shown).to_have_text(officer.words(heading))
    expect(officer.page.locator(".verdict.bad").filter(visible=True).first).to_contain_text(
        officer.words(heading)
    )


def says_the_register(officer: Visitor, heading: str) -> None:
    """Read what the register says, below the heading of the page."""
    shown = officer.page.locator("line-check + [data-standing]")
    expect(shown.locator("h3")).to_have_text(officer.words(heading))
    expect(shown.locator("[data-register-says]")).to_be_visible()


def tells_of_the_qr_code(officer: Visitor, text: str) -> None:
    shown = officer.page.locator("line-check p[data-state]").filter(visible=True)
    expect(shown).to_have_text(officer.words(text))


def nothing_is_amiss(page: Page) -> None:
    found = found_amiss(page)
    assert not found, "\n".join(found)
    page.set_viewport_size(PHONE)


# --- by the QR code, with a network ---------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_with_a_network_the_qr_code_is_compared_with_the_register(
    form: str, phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    officer, paper = phone(form), papers["standing"]
    # A browser that asks for Serbian in Latin gets Serbian: the address on paper has no language.
    scans(officer, f"/{form}{qr(paper).replace('#', '/#')}" if form == "sr-latn" else qr(paper))
    officer.sees_heading("This certificate is valid")
    assert f"/{form}/verify/{paper['code']}/#1." in officer.page.url
    tells_of_the_qr_code(officer, SAME)
    nothing_is_amiss(officer.page)
    officer.page.locator(".menu summary").click()
    officer.leaves_by(
        officer.page.locator(f".menu a[hreflang^={'sr' if form == 'en' else 'en'}]").first
    )
    expect(officer.page.locator("line-check")).to_be_visible()


@pytest.mark.parametrize(
    ("paper", "heading", "said"),
    [
        ("revoked", "This certificate was revoked", SAME),
        ("old", "This certificate was replaced by another", SAME),
        ("renewed", "This certificate was renewed", SAME),
        ("erased", "This certificate is valid", SAME),  # the register says no name against it
    ],
)
def test_with_a_network_the_register_has_the_last_word(
    paper: str, heading: str, said: str, phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    officer = phone()
    scans(officer, qr(papers[paper]))
    officer.sees_heading(heading)
    tells_of_the_qr_code(officer, said)


def test_with_a_network_what_differs_is_named(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    officer = phone()
    scans(officer, qr(papers["renamed"]))
    refuses(officer, DIFFERS)
    says_the_register(officer, "This certificate is valid")
    shown = officer.page.locator("[data-differs]").filter(visible=True)
    # The register's Latin name is no longer that of the other Cyrillic one.
    expect(shown).to_have_text(["Name in Cyrillic", "Name in Latin"])
    nothing_is_amiss(officer.page)


def test_with_a_network_what_is_not_ours_is_refused(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    officer, paper = phone(), papers["standing"]
    for line, said in (
        (altered(paper["line"]), ALTERED),
        (with_unknown_key(paper["line"]), NOT_OURS),
        ("2.AA.AA", NOT_OURS),
        (papers["revoked"]["line"], ANOTHER),
    ):
        scans(officer, qr(paper, line=line))
        refuses(officer, said)
        says_the_register(officer, "This certificate is valid")
        nothing_is_amiss(officer.page)
    scans(officer, qr({"code": "AAAA-AAAA-AAAA", "line": paper["line"]}))
    refuses(officer, ANOTHER)
    says_the_register(officer, "There is no certificate with this code")
    scans(officer, qr(papers["unknown"]))
    officer.sees_heading("There is no certificate with this code")
    tells_of_the_qr_code(officer, UNKNOWN)
    nothing_is_amiss(officer.page)


def test_a_pasted_address_takes_its_line_along_and_shows_it_to_no_server(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    officer, paper = phone(), papers["standing"]
    officer.opens("verify/")
    asked: list[str] = []
    officer.page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
    officer.fills("Code", f"https://putokaz.example{qr(paper)}")
    officer.leaves_by(officer.named(officer.words("Check this certificate")))
    officer.sees_heading("This certificate is valid")
    tells_of_the_qr_code(officer, SAME)
    assert not any(paper["line"][:40] in address for address in asked)


def test_without_a_line_or_without_scripts_the_page_is_as_ever(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    plain, paper = phone(), papers["standing"]
    for address in (f"/verify/{paper['code']}", f"/verify/{paper['code']}#main"):
        scans(plain, address)
        plain.sees_heading("This certificate is valid")
        expect(plain.page.locator("line-check")).to_be_hidden()
    without = phone(java_script_enabled=False)
    scans(without, qr(paper))
    without.sees_heading("This certificate is valid")
    expect(without.page.locator("line-check")).to_be_hidden()


def test_a_browser_that_cannot_check_says_so(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    old = phone()
    old.page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    scans(old, qr(papers["standing"]))
    old.sees_heading("This certificate is valid")
    tells_of_the_qr_code(old, CANNOT)
    old.opens("verify/offline/")
    expect(old.page.locator("p[data-state=cannot]")).to_be_visible()
    without = phone(java_script_enabled=False)
    without.opens("verify/offline/")
    expect(without.page.locator("p[data-state=cannot]")).to_be_visible()


# --- by the QR code, without a network ------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_an_officer_gets_ready_loses_the_network_and_checks_all_the_same(
    form: str, phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    officer, paper = phone(form), papers["standing"]
    officer.opens("verify/offline/")
    nothing_is_amiss(officer.page)
    gets_ready(officer)
    nothing_is_amiss(officer.page)
    loses_the_network(officer)
    scans(officer, qr(paper))
    answers(officer, GENUINE)
    assert officer.page.url.endswith(qr(paper))
    shown = facts_of(officer.page)
    names = [paper["cyrillic"], paper["name_latin"]]
    assert shown[officer.words("Name")].split("\n") == (names if form == "sr" else names[::-1])
    assert paper["title"] in shown[officer.words("Course")]
    assert shown[officer.words("Serial")] == paper["serial"]
    assert shown[officer.words("Code")] == paper["code"]
    officer.sees("Revocations as of")
    nothing_is_amiss(officer.page)


def test_what_the_page_without_a_network_says_is_what_the_register_says(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    """Days and hours are written by a script there, by the site here."""
    for form in FORMS:
        officer = phone(form)
        gets_ready(officer)
        officer.opens(f"verify/{papers['standing']['code']}/")
        with_network = facts_of(officer.page)
        loses_the_network(officer)
        scans(officer, qr(papers["standing"]))
        answers(officer, GENUINE)
        without = facts_of(officer.page)
        for term in ("Class", "Length", "Completed", "Issued", "Serial", "Code", "Course"):
            assert without[officer.words(term)] == with_network[officer.words(term)]


def test_without_a_network_every_other_answer_is_plain(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    officer, paper = phone(), papers["standing"]
    gets_ready(officer)
    loses_the_network(officer)
    for address, heading in (
        (qr(papers["revoked"]), "This certificate was revoked"),
        (qr(papers["old"]), "This certificate was replaced by another"),
        (qr(papers["renewed"]), "This certificate was renewed"),
        (qr(papers["new"]), GENUINE),
        (qr(papers["erased"]), GENUINE),
        (qr(papers["expired"]), "This certificate has expired"),
        (qr(paper, line=altered(paper["line"])), "This QR code was altered"),
        (qr(paper, line=papers["revoked"]["line"]), ANOTHER),
        (qr(paper, line="2.AA.AA"), "This is not a QR code of ours"),
        (
            qr(paper, line=with_unknown_key(paper["line"])),
            "Signed with a key that this phone does not know yet",
        ),
        (f"/verify/{paper['code']}", "There is no network"),
        ("/en/verify/", "There is no network"),
    ):
        scans(officer, address)
        answers(officer, heading)
        assert not found_amiss(officer.page), found_amiss(officer.page)


def test_what_the_camera_only_shows_as_text_is_pasted(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    officer, paper = phone("sr-latn"), papers["standing"]
    gets_ready(officer)
    loses_the_network(officer)
    officer.opens("verify/offline/")
    for text, heading in (
        (f"https://putokaz.example{qr(paper)}", GENUINE),
        (f"  {paper['line']}\n", GENUINE),
        (
            f"https://putokaz.example{qr(paper, line=papers['old']['line'])}",
            ANOTHER,
        ),
        ("Wi-Fi: guest", "This is not a QR code of ours"),
    ):
        officer.fills("Text of the QR code", text)
        officer.page.locator("offline-check form button").click()
        answers(officer, heading)


def test_the_kept_page_is_that_of_a_stranger_and_no_other_page_is_kept(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    learner = phone(who="finished")
    gets_ready(learner)
    expect(learner.page.locator(".menu")).to_contain_text("My certificates")
    loses_the_network(learner)
    learner.opens("verify/offline/")
    is_ready(learner)
    expect(learner.page.locator(".menu")).not_to_contain_text("My certificates")
    for other in ("/en/", "/en/my/", "/en/courses/"):
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            learner.page.goto(other)


def test_the_list_is_renewed_when_there_is_a_network_and_says_when_there_is_none(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    officer = phone()
    gets_ready(officer)
    stale = "2026-01-02T03:00:00+01:00"
    make_stale = """async (made) => {
        const cache = await caches.open("offline-check");
        const data = await (await cache.match("/verify/offline.json")).json();
        await cache.put("/verify/offline.json", new Response(JSON.stringify({...data, made})));
    }"""
    officer.page.evaluate(make_stale, stale)
    loses_the_network(officer)
    officer.opens("verify/offline/")
    made = officer.page.locator("[data-made]")
    expect(made).to_have_text("2 January 2026, 03:00")
    officer.clicks("Update now")
    officer.sees(
        "There is no network now, or the site does not answer. What was kept stays as it is."
    )
    expect(made).to_have_text("2 January 2026, 03:00")
    officer.page.context.set_offline(False)
    officer.clicks("Update now")
    expect(made).not_to_have_text("2 January 2026, 03:00")
    # A check with a network is enough, too: the worker asks for the list behind it.
    officer.page.evaluate(make_stale, stale)
    officer.opens(f"verify/{papers['standing']['code']}/")
    officer.page.wait_for_function(
        """async (made) => (await (await (await caches.open("offline-check"))
            .match("/verify/offline.json")).json()).made !== made""",
        arg=stale,
    )


def test_another_language_is_there_without_a_network(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    officer = phone("en")
    gets_ready(officer)
    loses_the_network(officer)
    scans(officer, qr(papers["standing"]))
    officer.page.locator(".menu summary").click()
    officer.leaves_by(officer.page.locator(".menu a[hreflang=sr-Latn]"))
    expect(officer.page.locator("html")).to_have_attribute("lang", "sr-Latn")
    answers(Visitor(officer.page, officer.site, "sr-latn"), GENUINE)


# --- by its file ----------------------------------------------------------------------------


def test_a_stranger_has_the_file_checked_and_one_byte_is_enough_to_refuse_it(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    stranger = phone()
    file = Path(papers["standing"]["file"])
    stranger.opens("verify/")
    stranger.page.locator("#file").set_input_files(file)
    stranger.sees_heading("This file is ours, unchanged and valid")
    assert facts_of(stranger.page)["Serial"] == papers["standing"]["serial"]
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    stranger.opens("verify/")
    drops(stranger.page, bytes(content))
    stranger.sees_heading("This file is not one that we issued")
    drops(stranger.page, b"")
    expect(stranger.page.locator("[role=alert] li").filter(visible=True)).to_have_text(
        "This file is empty."
    )


def drops(page: Page, content: bytes) -> None:
    """Drag a file onto the form and let it go."""
    given = page.evaluate_handle(
        """(bytes) => {
            const given = new DataTransfer();
            given.items.add(new File([new Uint8Array(bytes)], "c.pdf", {type: "application/pdf"}));
            return given;
        }""",
        list(content),
    )
    page.locator("form.drop-zone").dispatch_event("drop", {"dataTransfer": given})


# --- by an old code -------------------------------------------------------------------------


def test_the_code_of_a_corrected_certificate_says_which_one_stands_in_its_place(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    stranger = phone()
    stranger.opens(f"verify/{papers['old']['code']}/")
    stranger.sees_heading("This certificate was replaced by another")
    stranger.sees("In its place stands the certificate")
    expect(stranger.page.locator(".lead")).to_contain_text(papers["new"]["serial"])
    stranger.opens(f"verify/{papers['new']['code']}/")
    stranger.sees_heading("This certificate is valid")
    assert papers["new"]["name_latin"].endswith("-Novi")
    assert papers["new"]["name_latin"] in facts_of(stranger.page)["Name"]


# --- shared by its holder -------------------------------------------------------------------


def test_a_holder_copies_the_address_and_ends_the_sharing(
    phone: Callable[..., Visitor], papers: dict[str, Paper]
) -> None:
    holder, stranger = phone(who="finished"), phone()
    holder.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    holder.opens("my/certificates/")
    holder.clicks("Share by a link")
    holder.clicks("Copy the address")
    holder.sees("Copied.")
    nothing_is_amiss(holder.page)
    copied = holder.page.evaluate("navigator.clipboard.readText()")
    assert holder.page.locator(".card a[href*='/shared/']").inner_text() == copied
    shared = f"/en/{copied.partition('/en/')[2]}"
    stranger.opens_exactly(shared)
    stranger.sees_heading("This certificate is valid")
    nothing_is_amiss(stranger.page)
    holder.clicks("Stop sharing")
    holder.sees("Nobody can see it by that address any more.")
    stranger.opens_exactly(shared, status=404)
    stranger.sees(
        "This certificate is no longer shared by its holder, or the address is incomplete."
    )
