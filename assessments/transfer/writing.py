"""Write a document as the files of a course: same document, same bytes."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from assessments.transfer.block_items import NO_SOURCE
from assessments.transfer.block_writing import LEFT_OUT, BlockWriter
from assessments.transfer.document import (
    ActivityDocument,
    ByLanguage,
    CourseDocument,
    QuestionDocument,
)
from assessments.transfer.folder import MediaFile
from assessments.transfer.headers import SOURCE, languages
from assessments.transfer.media_names import media_names
from assessments.transfer.objectives import FILE as OBJECTIVES
from assessments.transfer.objectives import objectives_content
from assessments.transfer.schema import ACTIVITIES, COURSE, MODULE, QUESTION, Schema
from assessments.transfer.yaml_text import Row, dump


def course_files(document: CourseDocument) -> tuple[dict[str, str], dict[str, MediaFile]]:
    """Return the text of each file by its name in the folder, and the media by name in `files`."""
    media = media_names(document)
    writing = _Writing(document, {file.sha1: name for name, file in media.items()})
    texts = {name: dump(content) for name, content in writing.files()}
    if media:
        titles = [{"file": name, "title": file.title} for name, file in media.items()]
        texts["files.yaml"] = dump(titles)
    return texts, media


class _Writing:
    def __init__(self, document: CourseDocument, media: dict[str, str]) -> None:
        self.document = document
        self.blocks = BlockWriter(
            document.names(), document.question_names(), lambda file: media[file.sha1]
        )

    def files(self) -> Iterator[tuple[str, Any]]:
        """Yield each file with its content."""
        yield "course.yaml", self._course()
        for number, module in enumerate(self.document.modules, start=1):
            content = self._all_languages(MODULE, module.key, module.contents)
            names = Row(activity.name for activity in module.activities)
            yield f"module-{number}.yaml", content | {"activities": names}
            for activity in module.activities:
                schema = ACTIVITIES[activity.kind]
                for code in activity.contents:
                    said = self._said(schema, activity.key, activity.contents, code)
                    if code == SOURCE and said["slug"] == activity.name:
                        del said["slug"]
                    head = self._head(activity) if code == SOURCE else {}
                    yield f"{schema.folder}/{activity.name}.{code}.yaml", head | said
        yield from self._question_files()
        if objectives := objectives_content(self.document.objectives):
            yield OBJECTIVES, objectives

    def _head(self, activity: ActivityDocument) -> dict[str, Any]:
        """Return what the source language says of an activity beside its fields."""
        before = activity.contents[SOURCE].get("pre_test")
        named = {"pre_test": self.document.names().get(before, before)} if before else {}
        return {"key": activity.key} | named

    def _course(self) -> dict[str, Any]:
        course = self.document
        content = self._all_languages(COURSE, course.key, course.contents)
        if professions := course.contents[SOURCE]["professions"]:
            content["professions"] = Row(professions)
        if refreshed := course.contents[SOURCE]["refresher_of"]:
            content["refresher_of"] = refreshed
        if course.complete != languages():
            content["languages"] = Row(course.complete)
        return content | {"modules": Row(module.name for module in course.modules)}

    def _all_languages(self, schema: Schema, key: str, contents: ByLanguage) -> dict[str, Any]:
        """Return the content of a file that holds all languages."""
        by_code = {code: self._said(schema, key, contents, code) for code in contents}
        content: dict[str, Any] = {"key": key}
        for field in schema.fields():
            words = {c: said[field.name] for c, said in by_code.items() if field.name in said}
            if not words:
                continue
            is_shared = not field.translated or (field.name == "slug" and len(words) == 1)
            content[field.name] = words[SOURCE] if is_shared else words
        return content

    def _question_files(self) -> Iterator[tuple[str, Any]]:
        lists: dict[str, list[Any]] = defaultdict(list)
        for question in sorted(self.document.questions, key=lambda q: (q.name, q.key)):
            for code in question.contents:
                name = f"questions/{question.module}.{code}.yaml"
                lists[name].append(self._question(question, code))
        yield from sorted(lists.items())

    def _question(self, question: QuestionDocument, code: str) -> dict[str, Any]:
        said = self._said(QUESTION, question.key, question.contents, code)
        if code != SOURCE:
            return {"slug": question.name} | said
        contents = question.contents[SOURCE]
        lists = {name: contents[name] for name in ("tags", "professions")}
        beside: dict[str, Any] = {name: Row(words) for name, words in lists.items() if words}
        beside["objective"] = contents["objective"]
        if lesson := contents["lesson"]:
            beside["lesson"] = self.document.names().get(lesson, lesson)
        return {"key": question.key, "slug": question.name} | beside | said

    def _said(self, schema: Schema, key: str, contents: ByLanguage, code: str) -> dict[str, Any]:
        """Return what a thing says in one language, without what a file leaves out."""
        said = {}
        for field in schema.fields():
            if code != SOURCE and not field.is_said(contents[SOURCE]):
                continue
            value = contents[code][field.attribute]
            source = NO_SOURCE if code == SOURCE else contents[SOURCE][field.attribute]
            if field.leaf:
                said[field.name] = self.blocks.leaf(field.leaf, value, source)
            else:
                stream = field.stream_in(contents[code])
                said[field.name] = self.blocks.value(
                    stream, value, base=key, path=field.attribute, source=source
                )
        return {name: value for name, value in said.items() if value is not LEFT_OUT}
