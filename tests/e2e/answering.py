"""How a visitor answers a question of any kind, by what the page shows."""

from playwright.sync_api import Locator

_WITH = "[.]"


def give(question: Locator, answer: list[str]) -> None:
    """Choose, or write, an answer in the form in which it is kept."""
    if question.locator("[data-move]:visible").count():  # without scripts there are lists
        _put_in_order(question, answer)
        return
    for one in answer:
        inner, has_inner, value = one.partition(_WITH)
        name = question.locator("[name]").first.get_attribute("name") or ""
        where = f"{name.split('.')[0]}.{inner}" if has_inner else name
        _fill(question, where, value if has_inner else one)


def wrong(question: Locator, right: list[str]) -> list[str]:
    """Return an answer that the page offers and that is not right."""
    if question.locator("[data-steps]").count():
        return list(reversed(right)) if len(right) % 2 else [*right[1:], right[0]]
    if question.locator("select").count():
        return [_other_than(question, one) for one in right]
    if question.locator("input[type=text]").count():
        return ["7777"]
    offered = [str(box.get_attribute("value")) for box in question.locator("input").all()]
    return [key for key in offered if key not in right][:1]


def _fill(question: Locator, name: str, value: str) -> None:
    field = question.locator(f"[name='{name}']")
    kind = field.first.get_attribute("type")
    if kind in ("radio", "checkbox"):
        question.locator("label.choice", has=question.page.locator(f"[value='{value}']")).click()
    elif kind == "text":
        field.fill(value)
    else:
        field.select_option(value)


def _put_in_order(question: Locator, answer: list[str]) -> None:
    """Move each step up, by its button, to the place that the answer gives it."""
    keys = [one.partition(_WITH)[0] for one in answer]
    for place, key in enumerate(keys):
        step = question.locator("li", has=question.page.locator(f"[name$='.{key}']"))
        for _ in range(len(keys)):
            if question.locator("li select").nth(place).get_attribute("name", timeout=1000) == (
                step.locator("select").get_attribute("name")
            ):
                break
            step.locator("[data-move='-1']").click()
    if not question.locator(".saved").inner_text():  # it stood so already
        first = question.locator("li").first
        first.locator("[data-move='1']").click()
        first = question.locator("li").nth(1)
        first.locator("[data-move='-1']").click()


def _other_than(question: Locator, one: str) -> str:
    inner, _, right = one.partition(_WITH)
    options = question.locator(f"select[name$='.{inner}'] option").all()
    values = [str(option.get_attribute("value")) for option in options]
    return f"{inner}{_WITH}{next(value for value in values if value not in ('', right))}"
