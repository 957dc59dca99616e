"""Read the folder of a course into a document, or say everything that is wrong with it."""

from pathlib import Path

from assessments.transfer.block_reading import BlockReader
from assessments.transfer.checking import check_draws, check_keys
from assessments.transfer.checking_roles import check_roles
from assessments.transfer.contents_reading import ContentsReader, by_language
from assessments.transfer.document import (
    ActivityDocument,
    ByLanguage,
    CourseDocument,
    ModuleDocument,
)
from assessments.transfer.folder import Folder, MediaFile
from assessments.transfer.headers import (
    SOURCE,
    Headers,
    languages,
    listed,
    names_of,
    read_headers,
)
from assessments.transfer.keys import as_key, course_key
from assessments.transfer.nodes import Node
from assessments.transfer.objectives import read_objectives
from assessments.transfer.problems import Problem, TransferError
from assessments.transfer.question_reading import QuestionFiles
from assessments.transfer.schema import ACTIVITIES, COURSE, MODULE, Schema


def read_course(path: Path) -> CourseDocument:
    """Return the document of the course in a folder. Raises TransferError with every problem."""
    folder = Folder(path)
    headers = read_headers(folder)
    if headers is None:
        raise TransferError(folder.problems)
    course = _Reading(folder, headers).course()
    folder.problems += [
        Problem(name, 0, "", "belongs to nothing: no module names it") for name in folder.unread
    ]
    if folder.problems:
        raise TransferError(folder.problems)
    return course


class _Reading:
    """Fills the skeleton of a course with contents."""

    def __init__(self, folder: Folder, headers: Headers) -> None:
        self.folder = folder
        self.headers = headers
        self.titles = _titles(folder)
        self.media_known: dict[str, MediaFile | None] = {}
        self.question_files = QuestionFiles(folder, languages())
        self.questions = self.question_files.keys(headers.key)

    def course(self) -> CourseDocument:
        headers = self.headers
        course = CourseDocument(headers.key, headers.complete)
        course.contents = self._all_languages(COURSE, headers.root, headers.key)
        professions = [name for name, _ in listed(headers.root.entries(), "professions")]
        refreshed = self._refreshed(headers.root.entries())
        for contents in course.contents.values():
            contents |= {"professions": sorted(professions), "refresher_of": refreshed}
        for module, node in headers.modules:
            module.contents = self._all_languages(MODULE, node, module.key)
            for code in module.contents.keys() - course.contents.keys():
                node.problem(f"the course itself has no words in the language {code}")
            for activity in module.activities:
                self._activity(activity, module)
            course.modules.append(module)
        course.objectives = read_objectives(self.folder)
        course.questions = self.question_files.documents(self._contents, headers.complete)
        if not self.folder.problems:
            check_keys(course, headers.root)
            check_draws(course, self.folder.problems)
        if not self.folder.problems:
            check_roles(course, self.folder.problems)
        return course

    def _refreshed(self, entries: dict[str, Node]) -> str | None:
        """Return the key of the course that this one refreshes, named by its key or short name."""
        name = entries["refresher_of"].text() if "refresher_of" in entries else ""
        return (as_key(name) or course_key(name)) if name else None

    def _all_languages(self, schema: Schema, node: Node, key: str) -> ByLanguage:
        """Read a file that holds all languages."""
        split = by_language(schema, node.entries(names_of(schema)), languages())
        found: ByLanguage = {}
        for code in languages():
            if code in split or code in self.headers.complete:
                entries = split.get(code, {})
                found[code] = self._contents(key).read(schema, entries, node, found.get(SOURCE))
        return found

    def _activity(self, activity: ActivityDocument, module: ModuleDocument) -> None:
        """Read the files of an activity, one a language."""
        schema = ACTIVITIES[activity.kind]
        files = self.headers.files[activity.name]
        for code, node in files.items() if SOURCE in files else ():
            if code not in module.contents:
                node.problem("its module has no words in this language")
            source = activity.contents.get(SOURCE)
            entries = node.entries(names_of(schema, source=source))
            contents = self._contents(activity.key).read(
                schema, entries, node, source, slug=activity.name
            )
            if "pre_test" in schema.extra:
                contents["pre_test"] = source["pre_test"] if source else self._pre_test(entries)
            activity.contents[code] = contents

    def _pre_test(self, entries: dict[str, Node]) -> str | None:
        """Return the key of the quiz that a test after names."""
        name = entries["pre_test"].text() if "pre_test" in entries else ""
        key = self.headers.activities.get(name)
        if name and key is None:
            entries["pre_test"].problem(f"there is no quiz {name} in this course")
        return key

    def _contents(self, key: str) -> ContentsReader:
        blocks = BlockReader(self.headers.activities, self.questions, self._media)
        return ContentsReader(key, blocks)

    def _media(self, name: str) -> MediaFile | None:
        if name not in self.media_known:
            title = self.titles.get(name, Path(name).stem)
            self.media_known[name] = self.folder.media(name, title)
        return self.media_known[name]


def _titles(folder: Folder) -> dict[str, str]:
    """Return the titles of pictures and documents by file name, as far as `files.yaml` says."""
    node = folder.node("files.yaml") if "files.yaml" in folder.texts else None
    titles = {}
    for item in node.items() if node else []:
        entries = item.entries(["file", "title"])
        if len(entries) == 2:
            titles[entries["file"].text()] = entries["title"].text()
        else:
            item.problem("needs `file` and `title`")
    return titles
