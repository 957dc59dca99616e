"""Objectives as people read them. Their keys stand in statements and in frozen questions."""

from collections.abc import Collection

from assessments.models import Objective


def objectives_by_key(keys: Collection[str]) -> dict[str, Objective]:
    """Return the objectives with these keys; one query, or none without keys."""
    return {one.key: one for one in Objective.objects.filter(key__in=keys)} if keys else {}


def names_of(keys: Collection[str]) -> dict[str, str]:
    """Return the names by key in the active language; what is gone is called by its key."""
    found = objectives_by_key(keys)
    return {key: found[key].name if key in found else key for key in keys}


def objective_named(text: str) -> Objective | None:
    """Return the objective of this name, in whichever language; capitals do not matter."""
    wanted = " ".join(text.split()).casefold()
    if not wanted:
        return None
    every = Objective.objects.all()
    return next((o for o in every if wanted in (o.name_en.casefold(), o.name_sr.casefold())), None)
