"""Put items into the question bank, as drafts: each of them whole, or not at all."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from assessments.exchange.errors import NotTaken
from assessments.exchange.item import Item, Refusal
from assessments.exchange.pictures import keep_picture
from assessments.kinds import KINDS, Part
from assessments.models import Question
from assessments.models.parts import parts_block
from people.models import User

_LONGEST_NAME = 70
_LONGEST_TAG = 100
_LONGEST = {"source": 255, "objective": 120}
# What an author has to add before anybody is asked: files of other systems seldom know it.
_LEFT_TO_AUTHORS = {"reason"}
# What may differ in the very same question: not every format carries it.
_BESIDE = ("reason", "image", "alt", "typos", "unit", "guidance")


@dataclass
class Outcome:
    """What was taken, as drafts in the bank, and what was not."""

    taken: list[tuple[Item, Question]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


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
                question = _draft(item, locale, law_as_of, known, user, pictures)
                if not keep:
                    transaction.set_rollback(True)
        except NotTaken as error:
            outcome.refused.append(Refusal(item.line, item.name, error.reason))
            _remove(pictures)
        else:
            outcome.taken.append((item, question))
            if not keep:
                _remove(pictures)
    return outcome


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
) -> Question:
    if item.kind not in KINDS:
        raise NotTaken(_("There are no questions of this kind here."))
    parts = _parts(item)
    fingerprint = _print_of(item.kind, item.stem, parts)
    if fingerprint in known:
        raise NotTaken(_("The bank has this very question already."))
    for name, most in _LONGEST.items():
        if len(getattr(item, name)) > most:
            words = _("“%(text)s…” is too long: at most %(most)d characters.")
            raise NotTaken(words % {"text": getattr(item, name)[:40], "most": most})
    question = Question(
        slug=_free_slug(item, locale),
        kind=item.kind,
        stem=item.stem,
        source=item.source,
        objective=item.objective,
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


def _parts(item: Item) -> list[Part]:
    """Return the parts of an item, checked as the form of the bank checks them."""
    block, kind = parts_block(item.kind), KINDS[item.kind]
    if not kind.fewest <= len(item.parts) <= kind.most:
        words = _("It has %(count)d parts; a question of this kind has %(fewest)d to %(most)d.")
        count = {"count": len(item.parts), "fewest": kind.fewest, "most": kind.most}
        raise NotTaken(words % count)
    parts = []
    for type_, value in item.parts:
        child = block.child_blocks.get(type_)
        if child is None:
            raise NotTaken(_("It has a part that questions of this kind have not."))
        whole = {name: _checked(name, inner, value) for name, inner in child.child_blocks.items()}
        parts.append(Part(str(uuid4()), type_, whole, whole, (whole,)))
    try:
        kind.check(parts)
    except ValidationError as error:
        raise NotTaken(" ".join(error.messages)) from error
    return parts


def _checked(name: str, inner: Any, value: Mapping[str, Any]) -> Any:
    """Return the value of a field of a part. A picture is looked at when it is kept."""
    given = value.get(name)
    if name == "image" or (name in _LEFT_TO_AUTHORS and not given):
        return given or ""
    if given is None:
        given = inner.get_default()
    try:
        return inner.get_prep_value(inner.clean(inner.to_python(given)))
    except ValidationError as error:
        words = _("“%(text)s”: %(why)s")
        raise NotTaken(
            words % {"text": str(given)[:40], "why": " ".join(error.messages)}
        ) from error


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
        {name: one for name, one in part.value.items() if name not in _BESIDE} for part in parts
    ]
    return json.dumps([kind, stem.strip().casefold(), told], sort_keys=True, default=str)
