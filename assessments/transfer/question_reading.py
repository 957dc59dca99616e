"""Read the lists of questions in a course's folder."""

import json
import re
from collections.abc import Callable

from django.core.exceptions import ValidationError

from assessments.models import Question
from assessments.transfer.contents_reading import ContentsReader
from assessments.transfer.document import Contents, QuestionDocument
from assessments.transfer.folder import Folder
from assessments.transfer.headers import key_of, listed
from assessments.transfer.keys import as_key, derived
from assessments.transfer.nodes import Node
from assessments.transfer.schema import QUESTION

FILE = re.compile(r"questions/[\w-]+\.([a-z-]+)\.yaml")
TRANSLATED = ["slug", *(f.name for f in QUESTION.fields() if f.translated and f.name != "slug")]
EVERY = ["key", *(field.name for field in QUESTION.fields()), *QUESTION.extra]


class QuestionFiles:
    """The questions of a folder by language and short name."""

    def __init__(self, folder: Folder, languages: list[str]) -> None:
        self.source, *self.others = languages
        self.nodes: dict[str, dict[str, Node]] = {code: {} for code in languages}
        for name in sorted(folder.texts):
            match = FILE.fullmatch(name)
            if match and match[1] in self.nodes and (node := folder.node(name)):
                self._index(node, match[1])
        self.key_by_slug: dict[str, str] = {}

    def _index(self, node: Node, code: str) -> None:
        for item in node.items():
            slug = item.entries().get("slug")
            text = slug.text() if slug else ""
            if not text or text in self.nodes[code]:
                item.problem("needs a slug that no other question of the course has")
            self.nodes[code][text] = item

    def keys(self, course: str) -> dict[str, str]:
        """Return the key of each question by its short name."""
        for slug, node in self.nodes[self.source].items():
            by_place = derived(course, f"question/{slug}")
            self.key_by_slug[slug] = key_of(node.entries(), by_place)
        return self.key_by_slug

    def documents(
        self, reader: Callable[[str], ContentsReader], complete: list[str]
    ) -> list[QuestionDocument]:
        """Return the questions with all their words."""
        made = [
            self._document(slug, node, reader, complete)
            for slug, node in self.nodes[self.source].items()
        ]
        for code in self.others:
            for slug in self.nodes[code].keys() - self.nodes[self.source].keys():
                node = self.nodes[code][slug]
                node.problem(f"there is no question {slug} in the source language")
        return made

    def _document(
        self,
        slug: str,
        node: Node,
        reader: Callable[[str], ContentsReader],
        complete: list[str],
    ) -> QuestionDocument:
        question = QuestionDocument(slug, self.key_by_slug[slug])
        entries = node.entries(EVERY)
        source = reader(question.key).read(QUESTION, entries, node, None)
        source |= {
            "tags": _tags(entries),
            "professions": sorted(name for name, _ in listed(entries, "professions")),
            "objective": _objective(entries, node),
            "lesson": _lesson(entries, reader(question.key)),
        }
        question.contents[self.source] = source
        _check_together(source, node)
        for code in self.others:
            words = self.nodes[code].get(slug)
            if words:
                entries = words.entries(TRANSLATED)
                contents = reader(question.key).read(QUESTION, entries, words, source)
                shared = {name: source[name] for name in QUESTION.extra}
                question.contents[code] = contents | shared | {"slug": slug}
            elif code in complete:
                node.problem(f"has no words in the language {code}")
        return question


def _check_together(contents: Contents, node: Node) -> None:
    """Note what the question bank finds wrong with values that are right one by one."""
    try:
        # A file is on the site only later; whether there is one was looked at already.
        options = json.dumps(contents["options"], default=lambda file: None)
        Question(kind=contents["kind"], options=options).clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            node.inner_problem(name, " ".join(messages))


def _tags(entries: dict[str, Node]) -> list[str]:
    tags = [item.text() for item in entries["tags"].items()] if "tags" in entries else []
    if any(not tag or " " in tag or len(tag) > 100 for tag in tags):
        entries["tags"].problem("a tag is one word of at most 100 letters")
    return sorted(set(tags))


def _objective(entries: dict[str, Node], node: Node) -> str:
    key = entries["objective"].text() if "objective" in entries else ""
    if not key:
        node.inner_problem("objective", "is missing")
    return key


def _lesson(entries: dict[str, Node], reader: ContentsReader) -> str | None:
    name = entries["lesson"].text() if "lesson" in entries else ""
    key = reader.blocks.activities.get(name) or as_key(name)
    if name and key is None:
        entries["lesson"].problem(f"there is no lesson {name}")
    return key
