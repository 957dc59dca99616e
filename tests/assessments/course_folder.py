"""A small course in files, written by hand: two modules, two lessons, a quiz, three questions."""

import re
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from assessments.models import Question, QuizPage
from courses.models import CataloguePage, CoursePage, Edition
from tests.factories.courses import home

FILES = {
    "course.yaml": """\
slug: small
title: {en: Small, sr: Мали}
summary: {en: A small course., sr: Мали курс.}
intro:
  en: |
    For **everyone**. Begin with [the first lesson](page:first).
  sr: |
    За **све**. Почните од [прве лекције](page:first).
level: core
law_as_of: 2026-11-01
modules: [one, two]
""",
    "module-1.yaml": "slug: one\ntitle: {en: One, sr: Један}\nactivities: [first, check]\n",
    "module-2.yaml": "slug: two\ntitle: {en: Two, sr: Два}\nactivities: [second]\n",
    "lessons/first.en.yaml": """\
title: First
minutes: 7
law_as_of: 2026-11-01
objectives:
  - Tell one from the other.
body:
  - text: |
      ## Heading
      Words with *weight*.
  - self_check:
      question: Does consent matter?
      options:
        - {text: Yes, correct: false, reason: It does not.}
        - {text: No, correct: true, reason: Article 4.}
      source: art. 4
""",
    "lessons/first.sr.yaml": """\
title: Прва
objectives:
  - Разликујте једно од другог.
body:
  - text: |
      ## Наслов
      Речи са *тежином*.
  - self_check:
      question: Да ли је пристанак битан?
      options:
        - {text: Да, reason: Није.}
        - {text: Не, reason: Члан 4.}
      source: чл. 4
""",
    "lessons/second.en.yaml": """\
title: Second
law_as_of: 2026-11-01
body:
  - text: |
      More words; see [the first](page:first).
""",
    "lessons/second.sr.yaml": """\
title: Друга
body:
  - text: |
      Још речи; види [прву](page:first).
""",
    "quizzes/check.en.yaml": """\
title: Check
introduction: |
  Two questions.
counts_as_result: true
questions:
  - draw: {tags: easy, count: 1}
  - question: q-three
""",
    "quizzes/check.sr.yaml": "title: Провера\nintroduction: |\n  Два питања.\n",
    "objectives.yaml": """\
topics:
  - key: law
    name: {en: The law, sr: Право}
    order: 1
objectives:
  - key: elements
    name: {en: Elements, sr: Елементи}
    topic: law
    article: 4(a)
    recommendation: {en: "GRETA, 2023", sr: "ГРЕТА, 2023."}
""",
    "questions/all.en.yaml": "".join(
        f"""\
- slug: q-{name}
  kind: choice
  tags: [{tag}]
  lesson: first
  objective: elements
  law_as_of: 2026-11-01
  stem: Question {name}?
  options:
    - {{text: Right, correct: true, reason: Because.}}
    - {{text: Wrong, correct: false, reason: Because not.}}
  source: art. 4
"""
        for name, tag in (("one", "easy"), ("two", "easy"), ("three", "hard"))
    ),
    "questions/all.sr.yaml": "".join(
        f"""\
- slug: q-{name}
  stem: Питање {name}?
  options:
    - {{text: Тачно, reason: Јесте.}}
    - {{text: Погрешно, reason: Није.}}
  source: чл. 4
"""
        for name in ("one", "two", "three")
    ),
}


def write(folder: Path) -> Path:
    """Write the course to a folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Change words in a file; they must be there."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def catalogue() -> CataloguePage:
    """Return an empty catalogue with its Serbian translation."""
    front = home()
    serbian, _ = Locale.objects.get_or_create(language_code="sr")
    page = CataloguePage(title="Courses", slug="courses")
    front.add_child(instance=page)
    front.copy_for_translation(serbian)
    page.copy_for_translation(serbian)
    for made in Page.objects.filter(locale=serbian).specific():
        made.save_revision().publish()
    page.refresh_from_db()
    return page


@contextmanager
def undone():
    """Take back whatever happens inside: the site is as empty afterwards as before."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def texts(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def everything() -> dict[str, Any]:
    """Return all that the database says of courses, without the numbers of its rows."""
    pages = Page.objects.filter(depth__gt=3).order_by("path").specific()
    editions = Edition.objects.values("course_key", "number", "outline", "rule", "minutes")
    return {
        "pages": [_row(page) for page in pages],
        "questions": [_row(q) for q in Question.objects.order_by("slug", "locale_id")],
        "editions": list(editions),
    }


# What a row says of itself, its place among rows, and when.
_OWN = {
    *("id", "pk", "path", "page_ptr", "activitypage_ptr", "content_type"),
    *("first_published_at", "last_published_at", "latest_revision_created_at"),
    *("live_revision", "latest_revision", "tagged_items", "professions", "lesson"),
}
_LINK = re.compile(r'(linktype="page" id=|"type": "question", "value": )\D?(\d+)')


def _row(thing: Any) -> dict[str, Any]:
    row = {name: value for name, value in thing.serializable_data().items() if name not in _OWN}
    row = {name: _named(v) if isinstance(v, str) else v for name, v in row.items()}
    if isinstance(thing, Question):
        row["lesson"] = thing.lesson and thing.lesson.translation_key
        row["tags"] = sorted(tag.name for tag in thing.tags.all())
    else:
        row["above"] = thing.get_parent().translation_key
    if isinstance(thing, QuizPage):
        row["pre_test"] = thing.pre_test and thing.pre_test.translation_key
    if isinstance(thing, CoursePage):
        row["professions"] = sorted(p.key for p in thing.professions.all())
    return row


def _named(text: str) -> str:
    """Return the text with keys in place of the numbers of pages and questions."""

    def key(match: re.Match[str]) -> str:
        model = Page if "page" in match[1] else Question
        return f"{match[1]}{model.objects.get(pk=match[2]).translation_key}"

    return _LINK.sub(key, text.replace('\\"', '"'))
