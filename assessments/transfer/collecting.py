"""Make the document of a course that is on the site."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from assessments.models import Question
from assessments.models.pools import fits
from assessments.transfer.document import (
    ActivityDocument,
    ByLanguage,
    CourseDocument,
    ModuleDocument,
    QuestionDocument,
)
from assessments.transfer.headers import SOURCE, languages
from assessments.transfer.objectives import collect_objectives
from assessments.transfer.problems import Problem, TransferError, refuse
from assessments.transfer.schema import ACTIVITIES, COURSE, MODULE, QUESTION, Schema
from assessments.transfer.site_contents import SiteReader
from courses.models import ActivityPage, CoursePage, ModulePage

SHARED = {"tags", "lesson", "objective", "professions", "pre_test", "refresher_of"}


def collect_course(course: CoursePage, *, draft: bool = False) -> CourseDocument:
    """Return the document of a course: what is published, or with `draft` the newest of all.

    Raises TransferError for what a document cannot hold.
    """
    if course.locale.language_code != SOURCE:
        raise refuse(f"start from the course's page in {SOURCE}", file=str(course))
    if not (course.live or draft):
        raise refuse("the course is not published; its drafts can be exported", file=str(course))
    collecting = _Collecting(draft)
    document = collecting.course(course)
    if collecting.problems:
        raise TransferError(collecting.problems)
    return document


class _Collecting:
    def __init__(self, draft: bool) -> None:
        self.draft = draft
        self.reader = SiteReader()
        self.problems: list[Problem] = []

    def course(self, page: CoursePage) -> CourseDocument:
        contents = self._contents(page, COURSE)
        document = CourseDocument(str(page.translation_key), [], contents)
        for module in self._there(ModulePage.objects.child_of(page)):
            document.modules.append(self._module(module))
        self._name_activities(document)
        for question in _questions(document, self._there(Question.objects.all())):
            document.questions.append(self._question(question, document))
        document.objectives = collect_objectives(_named_objectives(document))
        self._check_names(document)
        document.complete = _complete(document)
        return document

    def _module(self, page: ModulePage) -> ModuleDocument:
        contents = self._contents(page, MODULE)
        module = ModuleDocument(page.slug, str(page.translation_key), contents)
        for activity in self._there(ActivityPage.objects.child_of(page)):
            specific = activity.specific
            kind = specific.kind
            if kind not in ACTIVITIES:
                self._problem(specific, f"the format has no activity of the kind {kind}")
                continue
            key = str(specific.translation_key)
            found = self._contents(specific, ACTIVITIES[kind])
            module.activities.append(ActivityDocument(kind, "", key, found))
        return module

    def _question(self, question: Question, document: CourseDocument) -> QuestionDocument:
        contents = self._contents(question, QUESTION)
        lesson = contents.get(SOURCE, {}).get("lesson")
        modules = {a.key: module.name for module in document.modules for a in module.activities}
        module = modules.get(lesson or "", "others")
        return QuestionDocument(question.slug, str(question.key), module, contents)

    def _there(self, things: Any) -> list[Any]:
        """Return the things in force: published or, if drafts are wanted, never yet published."""
        found = things.filter(locale__language_code=SOURCE).select_related("locale")
        return [
            thing
            for thing in found
            if thing.live or (self.draft and thing.first_published_at is None)
        ]

    def _contents(self, thing: Any, schema: Schema) -> ByLanguage:
        """Return what a thing says in each language; what is not words as in the source."""
        contents: ByLanguage = {}
        translations = {t.locale.language_code: t for t in _translations(thing)}
        for code in languages():
            page = translations.get(code)
            if page is None or not (page.live or self.draft):
                continue
            current = page.get_latest_revision_as_object() if self.draft else page
            try:
                said = self.reader.contents(current, schema)
            except ValueError as error:
                self._problem(page, f"cannot be written: {error}")
                continue
            source = contents.get(SOURCE, {})
            shared = {f.attribute for f in schema.fields() if not f.is_said(source)} | SHARED
            contents[code] = {n: source.get(n, v) if n in shared else v for n, v in said.items()}
        return contents

    def _name_activities(self, document: CourseDocument) -> None:
        """Call each activity by its short name, with the module's before it if there are two."""
        slugs = Counter(a.contents[SOURCE]["slug"] for a in document.activities() if a.contents)
        taken: set[str] = set()
        for module in document.modules:
            for activity in module.activities:
                slug = activity.contents[SOURCE]["slug"] if activity.contents else activity.key
                name = slug if slugs[slug] == 1 else f"{module.name}-{slug}"
                name = name if len(name) <= 100 and name not in taken else activity.key
                activity.name = name
                taken.add(name)

    def _check_names(self, document: CourseDocument) -> None:
        counted = Counter(question.name for question in document.questions)
        for name in (name for name, count in counted.items() if count > 1):
            message = f"{counted[name]} questions have this short name; rename all but one"
            self.problems.append(Problem(f"question {name}", 0, "", message))

    def _problem(self, thing: Any, message: str) -> None:
        name = thing.slug if isinstance(thing, Question) else thing.url_path
        self.problems.append(Problem(name, 0, "", message))


def _translations(thing: Any) -> Iterable[Any]:
    things = type(thing)._default_manager.filter(translation_key=thing.translation_key)
    return things.select_related("locale")


def _questions(document: CourseDocument, bank: list[Question]) -> list[Question]:
    """Return the questions of a course: of its lessons, in its quizzes, or drawn by them."""
    activities = {UUID(activity.key) for activity in document.activities()}
    draws: list[dict[str, Any]] = []
    fixed: set[str] = set()
    for activity in document.activities():
        for block in activity.contents.get(SOURCE, {}).get("questions", []):
            if block["type"] == "draw":
                draws.append(block["value"])
            elif block["type"] == "question":
                fixed.add(block["value"])
    return [
        question
        for question in bank
        if str(question.key) in fixed
        or (question.lesson and question.lesson.translation_key in activities)
        or _is_drawn(question, draws)
    ]


def _named_objectives(document: CourseDocument) -> set[str]:
    """Return the keys of the objectives that questions and draws name."""
    keys = {question.contents[SOURCE]["objective"] for question in document.questions}
    for activity in document.activities():
        for block in activity.contents.get(SOURCE, {}).get("questions", []):
            if block["type"] == "draw":
                keys.add(block["value"].get("objective"))
    return {key for key in keys if key}


def _is_drawn(question: Question, draws: list[dict[str, Any]]) -> bool:
    tags = {tag.name for tag in question.tags.all()}
    level, about = question.difficulty, question.objective_id
    return any(fits(draw, tags=tags, difficulty=level, objective=about) for draw in draws)


def _complete(document: CourseDocument) -> list[str]:
    """Return the languages in which nothing is missing."""
    things: list[Any] = [document, *document.modules, *document.activities(), *document.questions]
    return [code for code in languages() if all(code in thing.contents for thing in things)]


def find_course(name: str) -> CoursePage:
    """Return the course in the source language with this short name or key.

    Raises TransferError if there is none, or more than one.
    """
    pages = CoursePage.objects.filter(locale__language_code=SOURCE)
    try:
        found = pages.filter(translation_key=UUID(name))
    except ValueError:
        found = pages.filter(slug=name)
    if len(found) != 1:
        keys = ", ".join(f"{page.slug} ({page.translation_key})" for page in found or pages)
        several = "several courses have this name" if found else "there is no such course"
        raise refuse(f"{several}; there are: {keys}", file=name)
    return found[0]
