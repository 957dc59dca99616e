"""A course between files and site: every key and id filled in, nothing of either side left.

The contents of a thing in one language are its values by model attribute. Rich text is HTML whose
links to pages are `page:KEY`; a stream is Wagtail's raw form; a picture is a MediaFile; another
page or question is its key.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Contents = dict[str, Any]
ByLanguage = dict[str, Contents]


@dataclass
class ActivityDocument:
    """A lesson or quiz; `name` is what its files are called."""

    kind: str
    name: str
    key: str
    contents: ByLanguage = field(default_factory=dict)


@dataclass
class ModuleDocument:
    name: str
    key: str
    contents: ByLanguage = field(default_factory=dict)
    activities: list[ActivityDocument] = field(default_factory=list)


@dataclass
class QuestionDocument:
    """A question; `name` is its short name, `module` the file it stands in."""

    name: str
    key: str
    module: str = ""
    contents: ByLanguage = field(default_factory=dict)


@dataclass
class ObjectivesDocument:
    """Objectives and their topics: the fields of the models by key, in the order of the file."""

    topics: dict[str, dict[str, Any]] = field(default_factory=dict)
    objectives: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class CourseDocument:
    """A whole course. `complete` are the languages in which nothing may be missing."""

    key: str
    complete: list[str]
    contents: ByLanguage = field(default_factory=dict)
    modules: list[ModuleDocument] = field(default_factory=list)
    questions: list[QuestionDocument] = field(default_factory=list)
    objectives: ObjectivesDocument = field(default_factory=ObjectivesDocument)

    def activities(self) -> Iterator[ActivityDocument]:
        for module in self.modules:
            yield from module.activities

    def names(self) -> dict[str, str]:
        """Return the name of each activity by its key."""
        return {activity.key: activity.name for activity in self.activities()}

    def question_names(self) -> dict[str, str]:
        """Return the short name of each question by its key."""
        return {question.key: question.name for question in self.questions}
