"""Put items into the question bank, as drafts: each of them whole, or not at all."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from assessments.exchange.errors import NotTaken
from assessments.exchange.item import Item, Refusal
from assessments.exchange.item_parts import parts_of
from assessments.exchange.phrases import in_language
from assessments.exchange.pictures import keep_picture
from assessments.kinds import KINDS, Part
from assessments.models import Objective, Question
from assessments.objectives import objective_named
from people.models import User

_LONGEST_NAME = 70
_LONGEST_TAG = 100
_LONGEST = {"source": 255}
# What may differ in the very same question: not every format carries it.
_BESIDE = ("reason", "image", "alt", "typos", "unit", "guidance")


@dataclass
class Outcome:
    """What was taken, as drafts in the bank, and what was not; what was taken without a part."""

    taken: list[tuple[Item, Question]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    changed: list[Refusal] = field(default_factory=list)


def store(
    items: Iterable[Item], *, language: str, law_as_of: date, user: User | None, keep: bool = True
) -> Outcome:
    """Make a draft of each item; without `keep` only say what would become of it.

    `law_as_of` is the day for which whoever imports vouches.
    """
    outcome = Outcome()
    locale = Locale.objects.get(language_code=language)
    known = {_print_of(q.kind, q.stem, q.parts()) for q in Question.objects.filter(locale=locale)}
    for item in items:
        pictures: list[Any] = []
        try:
            with transaction.atomic():
                objective = objective_named(item.objective)
                question = _draft(item, locale, law_as_of, known, user, pictures, objective)
                if not keep:
                    transaction.set_rollback(True)
        except NotTaken as error:
            outcome.refused.append(Refusal(item.line, item.name, error.reason))
            _remove(pictures)
        else:
            outcome.taken.append((item, question))
            if item.objective and objective is None:
                outcome.changed.append(Refusal(item.line, item.name, _unknown(item.objective)))
            if not keep:
                _remove(pictures)
    return outcome


def _unknown(objective: str) -> str:
    words = _("There is no objective “%(text)s” here: choose one in the draft.")
    return words % {"text": objective[:120]}


def _remove(pictures: Iterable[Any]) -> None:
    """Delete the files of pictures: the database takes back its rows by itself."""
    for picture in pictures:
        picture.file.storage.delete(picture.file.name)


def _draft(
    item: Item,
    locale: Locale,
    law_as_of: date,
    known: set[str],
    user: User | None,
    pictures: list[Any],
    objective: Objective | None,
) -> Question:
    if item.kind not in KINDS:
        raise NotTaken(_("There are no questions of this kind here."))
    parts = parts_of(item, language=locale.language_code)
    stem = in_language(item.stem, language=locale.language_code)
    if any("\0" in text for text in (stem, item.source, item.objective, *item.tags)):
        raise NotTaken(_("It has a character that cannot be kept."))
    fingerprint = _print_of(item.kind, stem, parts)
    if fingerprint in known:
        raise NotTaken(_("The bank has this very question already."))
    for name, most in _LONGEST.items():
        if len(getattr(item, name)) > most:
            words = _("“%(text)s…” is too long: at most %(most)d characters.")
            raise NotTaken(words % {"text": getattr(item, name)[:40], "most": most})
    question = Question(
        slug=_free_slug(item, locale),
        kind=item.kind,
        stem=stem,
        source=item.source,
        objective=objective,
        difficulty=item.difficulty or Question.Difficulty.MIDDLE,
        law_as_of=law_as_of,
        locale=locale,
        live=False,
    )
    question.options = _blocks(item, parts, pictures)
    question.tags.add(*(tag for said in item.tags if (tag := _tag(said))))
    question.save()
    question.save_revision(user=user, clean=False)
    known.add(fingerprint)
    return question


def _blocks(item: Item, parts: list[Part], pictures: list[Any]) -> str:
    """Return the parts as a stream; pictures are put into the library."""
    stream = []
    for part in parts:
        value = dict(part.value)
        if "image" in value:
            picture = _kept(item, str(value["image"]), str(value.get("alt", "")))
            pictures.append(picture)
            value["image"] = picture.pk
        stream.append({"type": part.type, "id": part.key, "value": value})
    return json.dumps(stream)


def _kept(item: Item, name: str, alt: str) -> Any:
    data = item.pictures.get(name)
    if data is None:
        raise NotTaken(_("The picture is missing."))
    return keep_picture(data, title=alt or item.name)


def _free_slug(item: Item, locale: Locale) -> str:
    wanted = slugify(item.name)[:_LONGEST_NAME] or f"imported-{item.kind}"
    taken = set(
        Question.objects.filter(locale=locale, slug__startswith=wanted).values_list(
            "slug", flat=True
        )
    )
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


def _tag(said: str) -> str:
    return "-".join(said.split())[:_LONGEST_TAG]


def _print_of(kind: str, stem: str, parts: Iterable[Part]) -> str:
    """Return what makes a question this very question: its words and its key."""
    told = [
        {name: _plain(one) for name, one in part.value.items() if name not in _BESIDE}
        for part in parts
    ]
    return json.dumps([kind, _plain(stem), told], sort_keys=True, default=str)


def _plain(value: Any) -> Any:
    """Return a text without its capitals, and however its lines end."""
    return value.replace("\r\n", "\n").strip().casefold() if isinstance(value, str) else value
