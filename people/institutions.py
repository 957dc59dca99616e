"""The tree of institutions: as a list that people read, and by region."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import get_language

from people.models import Institution
from serbian import SortKey, sort_key


def in_tree_order(institutions: Iterable[Institution]) -> list[Institution]:
    """Return institutions with each under what it belongs to, by the alphabet of the reader.

    Those at the top stay as they were planted: what is "other" comes last there.
    """
    language = get_language()
    found = list(institutions)
    names = {one.path: sort_key(one.name, language) for one in found if not one.is_root()}

    def place(one: Institution) -> list[SortKey]:
        steps = range(Institution.steplen, len(one.path) + 1, Institution.steplen)
        # Roots, and what is above a part of the tree, by the place in it.
        return [names.get(one.path[:step], ((), one.path[:step])) for step in steps]

    return sorted(found, key=place)


def regions_of_institutions() -> dict[UUID, str]:
    """Return the key of the region of each institution that has one. One query.

    One without a region of its own has that of the nearest institution above it.
    """
    tree = Institution.objects.order_by("path").values_list("path", "key", "region__key")
    by_path: dict[str, str] = {}
    found: dict[UUID, str] = {}
    for path, key, own in tree:
        region = own or by_path.get(path[: -Institution.steplen])
        if region:
            by_path[path] = found[key] = region
    return found
