"""People before their browsers: what each does, in the words of the screen."""

import re
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import answering
from tests.e2e.site import Site
from tests.e2e.windows import Window
from tests.e2e.words import Words


class Visitor:
    """Anybody: reads, follows links, fills in forms."""

    def __init__(self, page: Page, site: Site, form: str) -> None:
        self.page = page
        self.site = site
        self.form = form
        self.facts = site.facts
        self.words = Words(form)

    def opens(self, path: str = "", *, status: int = 200) -> None:
        """Open an address below the language prefix."""
        self.opens_exactly(f"/{self.form}/{path}", status=status)

    def opens_exactly(self, address: str, *, status: int = 200) -> None:
        """Open an address without a language, as those of the CMS are."""
        response = self.page.goto(address)
        assert response is not None
        assert response.status == status, f"{response.status} at {response.url}"

    def clicks(self, text: str, **values: object) -> None:
        """Press the button or follow the link that says this."""
        self.named(self.words(text, **values)).click()

    def leaves_by(self, way: Locator) -> None:
        """Press, and wait until another page has opened and its script has run."""
        before = self.page.url
        way.click()
        self.page.wait_for_url(lambda url: url != before, wait_until="domcontentloaded")

    def named(self, name: str) -> Locator:
        exact = re.compile(rf"^\s*{re.escape(name)}\s*$")
        main = self.page.locator("main")
        return (
            main.get_by_role("button", name=exact).or_(main.get_by_role("link", name=exact)).first
        )

    def sees(self, text: str, **values: object) -> None:
        expect(self.page.locator("body")).to_contain_text(self.words(text, **values))

    def sees_heading(self, text: str, **values: object) -> None:
        expect(self.page.locator("h1")).to_contain_text(self.words(text, **values))

    def labelled(self, label: str) -> Locator:
        return self.page.locator("main").get_by_label(self.words(label), exact=True)

    def fills(self, label: str, value: str) -> None:
        self.labelled(label).fill(value)

    def chooses(self, label: str, value: str) -> None:
        self.labelled(label).select_option(value)

    def signs_in(self, email: str, *, password: str = "") -> None:
        self.opens("account/login/")
        self.page.locator("#id_login").fill(email)
        self.page.locator("#id_password").fill(password or self.facts["password"])
        self.page.locator("main form button").click()
        self.page.wait_for_url(re.compile(r"/(my|2fa/authenticate)/"))

    def signs_in_twice(self, email: str) -> None:
        """Sign in with password and, as everyone with a role must, with a code."""
        self.signs_in(email)
        # A code is good for half a minute and for one sign-in: a second one waits for the next.
        while "/authenticate/" in self.page.url:
            self.page.locator("#id_code").fill(code(self.facts["secrets"][email]))
            with self.page.expect_navigation():
                self.page.locator("main form button").first.click()
            if "/authenticate/" in self.page.url:
                self.page.wait_for_timeout(1000)
        assert "/my/" in self.page.url

    def title_of_course(self) -> str:
        return str(self.in_script(self.facts["course"]["title"][self.form.split("-")[0]]))

    def in_script(self, text: str) -> str:
        return self.words._in_script(text)


class Learner(Visitor):
    """Somebody who takes the course."""

    def signs_up(self, email: str, **answers: str) -> None:
        """Fill in the whole form and press the button."""
        self.page.locator("#id_name").fill(answers["name"])
        self.page.locator("#id_email").fill(email)
        self.page.locator("#id_password1").fill(self.facts["password"])
        self.chooses("Profession", self.facts["profession"])
        self.chooses("Institution", self.facts["institution"])
        self.fills("Municipality", answers["municipality"])
        self.fills("Personnel number (optional)", answers["personnel_number"])
        self.chooses("Language and script", self.form)
        self.page.locator("#id_privacy").check()
        self.clicks("Create my account")
        self.sees_heading("Look into your mail")

    def confirms(self, email: str) -> None:
        """Read the demo's post box, follow the link in the newest mail, and say yes."""
        self.clicks("Open the demo's mail")
        self.follows_mail(email, "confirm-email")
        self.page.locator("main form button").first.click()

    def opens_mail(self) -> None:
        self.opens_exactly("/demo/mail")

    def follows_mail(self, email: str, way: str) -> None:
        """Follow the link with these words in its address, in the newest mail to somebody."""
        mail = self.page.locator("article", has_text=email)
        mail.locator(f"a[href*='{way}']").first.click()
        self.page.wait_for_url(f"**/{way}/**")

    def opens_course(self) -> None:
        self.opens(self.facts["course"]["path"])

    def enrols(self) -> None:
        self.clicks("Enrol in this course")
        self.sees("You are enrolled. Start whenever you like.")

    def goes_on(self) -> None:
        """Press the one button that the course page offers."""
        self.opens_course()
        self.leaves_by(self.page.locator(".aside form button.block"))

    def activities_done(self) -> int:
        return self.page.locator(".outline .dot.done").count()

    def reads_the_lesson(self) -> None:
        """Answer the self-checks and press "Done"."""
        for check in self.page.locator("[data-check]").all():
            self.answers_check(check)
        self.leaves_by(self.page.locator(".stepper form button"))

    def answers_check(self, check: Locator) -> None:
        """Choose the last option and look: the answer and its reason appear in place."""
        here = check.get_attribute("id")
        check.locator("label.choice").last.click()
        check.locator("button").click()
        fresh = self.page.locator(f"[id='{here}']")
        expect(fresh.locator(".choice.right .why")).to_be_visible()

    def begins(self) -> None:
        """Begin, or try again, from a quiz page or a result."""
        self.page.locator(".aside form[action*='/begin/'] button").click()
        expect(self.page.locator("#paper")).to_be_visible()

    def questions(self) -> list[Locator]:
        """Return the questions of the paper, once it is there."""
        expect(self.page.locator("#paper")).to_be_visible()
        return self.page.locator("#paper [data-question]").all()

    def questions_to_tick(self) -> list[Locator]:
        """Return those questions of the paper that have options to tick."""
        return [one for one in self.questions() if one.locator("input:not([type=text])").count()]

    def answers(self, question: Locator, *, rightly: bool) -> list[str]:
        """Choose the right options, or a wrong one; wait until the page says that it is saved."""
        chosen = self.choices(question, rightly=rightly)
        answering.give(question, chosen)
        expect(question.locator(".saved")).to_have_text(self.words("Saved"))
        return chosen

    def choices(self, question: Locator, *, rightly: bool) -> list[str]:
        right = self.facts["right"][question.get_attribute("data-question")]
        return right if rightly else answering.wrong(question, right)

    def answers_all(self, *, rightly: bool) -> None:
        """Answer without waiting in between; in the end the page says of each that it is saved."""
        questions = self.questions()
        for question in questions:
            answering.give(question, self.choices(question, rightly=rightly))
        for question in questions:
            expect(question.locator(".saved")).to_have_text(self.words("Saved"))

    def submits(self) -> None:
        self.page.locator("#paper > button").click()
        self.page.wait_for_url(re.compile(r"/result/$"))

    def passes_the_quiz(self) -> None:
        self.begins()
        self.answers_all(rightly=True)
        self.submits()
        expect(self.page.locator("h1")).to_contain_text(self.words("passed"))

    def waits_for_the_certificate(self) -> Locator:
        """Look again until the worker has drawn it; return the way to the file."""
        download = self.named(self.words("Download the certificate (PDF)"))
        while not download.count():
            self.page.wait_for_timeout(200)
            self.named(self.words("Look again")).or_(download).click()
        return download

    def at_a_quiz(self) -> bool:
        return path_of(self.page) in self.facts["course"]["quizzes"]


def session_of(browser: Browser, site: Site, email: str) -> Any:
    """Return what a browser keeps of somebody signed in; on each site they sign in once.

    A code of the second factor is good for one sign-in, and the next code is half a minute away.
    """
    if email not in site.sessions:
        window = Window(browser, site.url)
        Visitor(window.page, site, "en").signs_in_twice(email)
        site.sessions[email] = window.context.storage_state()
        window.close()
        assert window.amiss == []
    return site.sessions[email]


def path_of(page: Page) -> str:
    """Return the address below the language prefix."""
    return "/".join(urlsplit(page.url).path.split("/")[2:])


def code(secret: str) -> str:
    """Return what an authenticator with this secret shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def facts_of(page: Page) -> dict[str, Any]:
    """Return the definition list of a verification page as text by term."""
    terms = page.locator("dl.facts dt").all_inner_texts()
    return dict(zip(terms, page.locator("dl.facts dd").all_inner_texts(), strict=True))
