"""The articles of the Convention: what training on them is about, and which objectives name them.

Themes stand in `articles.yaml`; which objective belongs to which article is said in the objective.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assessments.models import Objective
from people.models.institution import in_active_language


@dataclass(frozen=True)
class Article:
    """An article of the Convention (CETS No. 197), and its theme in a few words."""

    number: int
    en: str
    sr: str

    @property
    def theme(self) -> str:
        return in_active_language(en=self.en, sr=self.sr)


@cache
def articles() -> tuple[Article, ...]:
    """Return the articles that training can serve, in their order."""
    told = yaml.safe_load((Path(__file__).parent / "articles.yaml").read_text(encoding="utf-8"))
    return tuple(Article(**one) for one in told)


def numbers_in(cited: str) -> list[int]:
    """Return the articles that an objective cites: "4(c), 10-12" is about 4, 10, 11 and 12."""
    found: set[int] = set()
    for part in cited.split(","):
        ends = [int(number) for number in re.findall(r"(?:^|-)(\d+)", part.strip())]
        found.update(range(ends[0], ends[-1] + 1) if ends else ())
    return sorted(found)


def objectives_by_article(objectives: Iterable[Objective]) -> dict[int, list[Objective]]:
    """Return the objectives of each article that one of them cites."""
    found: dict[int, list[Objective]] = {}
    for objective in objectives:
        for number in numbers_in(objective.article):
            found.setdefault(number, []).append(objective)
    return found
