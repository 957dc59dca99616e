"""Professions, functions, regions, institutions and hotlines of the demo."""

from typing import Any

from cms.models import Hotline
from config.demo.files import key_of, read
from people.models import Function, Institution, Profession, Region


def load_reference() -> None:
    """Bring professions, functions, regions, institutions and hotlines up to the files."""
    for order, entry in enumerate(read("professions.yaml")):
        words = {"name_en": entry["en"], "name_sr": entry["sr"], "track": entry["track"]}
        Profession.objects.update_or_create(key=entry["key"], defaults=words | {"order": order})
    for order, entry in enumerate(read("functions.yaml")):
        names = {"name_en": entry["en"], "name_sr": entry["sr"]}
        Function.objects.update_or_create(key=entry["key"], defaults=names | {"order": order})
    for order, entry in enumerate(read("regions.yaml")):
        names = {"name_en": entry["en"], "name_sr": entry["sr"]}
        Region.objects.update_or_create(key=entry["key"], defaults=names | {"order": order})
    for entry in read("institutions.yaml"):
        _plant(entry, parent=None)
    for order, entry in enumerate(read("hotlines.yaml")):
        Hotline.objects.update_or_create(phone=entry["phone"], defaults=entry | {"order": order})


def _plant(entry: dict[str, Any], parent: Institution | None) -> None:
    key = key_of(entry["slug"])
    words = {
        "name_en": entry["en"],
        "name_sr": entry["sr"],
        "kind": entry.get("kind", ""),
        "sector": entry.get("sector", parent.sector if parent else ""),
        "municipality": entry.get("municipality", ""),
        "region": Region.objects.filter(key=entry.get("region")).first(),
    }
    institution = Institution.objects.filter(key=key).first()
    if institution:
        Institution.objects.filter(pk=institution.pk).update(**words)
    elif parent:
        institution = parent.add_child(key=key, **words)
    else:
        institution = Institution.add_root(key=key, **words)
    for child in entry.get("below", []):
        _plant(child, Institution.objects.get(key=key))
