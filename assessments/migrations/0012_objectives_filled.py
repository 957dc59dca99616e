"""Make an objective of each text that questions had, in their rows, revisions and draws."""

import json
from typing import Any

from django.db import migrations
from django.utils.text import slugify


def fill(apps: Any, schema_editor: Any) -> None:
    keys = _objectives(apps)
    if not keys:
        return
    question = apps.get_model("assessments", "Question")
    for text, key in keys.items():
        question.objects.filter(objective_text=text).update(objective_id=key)
    quiz = apps.get_model("assessments", "QuizPage")
    for page in quiz.objects.all():
        blocks = list(page.questions.raw_data)
        if _renamed(blocks, keys):
            quiz.objects.filter(pk=page.pk).update(questions=json.dumps(blocks))
    kinds = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="assessments")
    named = {kind.pk: kind.model for kind in kinds}
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for revision in revisions.filter(content_type_id__in=named).iterator():
        if named[revision.content_type_id] == "question":
            text = revision.content.get("objective")
            revision.content["objective"] = keys.get(text) if text else None
        elif named[revision.content_type_id] == "quizpage":
            blocks = json.loads(revision.content["questions"])
            if not _renamed(blocks, keys):
                continue
            revision.content["questions"] = json.dumps(blocks)
        revision.save(update_fields=["content"])


def _objectives(apps: Any) -> dict[str, str]:
    """Make the objectives; return the key of each text, in whichever language it stood."""
    objective = apps.get_model("assessments", "Objective")
    said: dict[Any, dict[str, str]] = {}
    rows = apps.get_model("assessments", "Question").objects.exclude(objective_text="")
    for row in rows.select_related("locale").order_by("slug"):
        said.setdefault(row.translation_key, {})[row.locale.language_code] = row.objective_text
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for words in said.values():
        name = words.get("en") or next(iter(words.values()))
        if name not in keys:
            stem = slugify(name)[:50] or "objective"
            numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
            key = next(one for one in (stem, *numbered) if one not in taken)
            taken.add(key)
            objective.objects.create(key=key, name_en=name, name_sr=words.get("sr", ""))
            keys[name] = key
        for text in words.values():
            keys.setdefault(text, keys[name])
    return keys


def _renamed(blocks: list[dict[str, Any]], keys: dict[str, str]) -> bool:
    """Put keys in place of texts; return whether anything was changed."""
    draws = [one["value"] for one in blocks if one["type"] == "draw"]
    named = [value for value in draws if (value.get("objective") or "").strip() in keys]
    for value in named:
        value["objective"] = keys[value["objective"].strip()]
    return bool(named)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0011_objectives")]

    operations = [migrations.RunPython(fill)]
