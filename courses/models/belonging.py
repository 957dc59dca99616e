"""Where an enrolment belongs: as at completion, once there is one, or else as at enrolment.

Said in one way, so that the database can keep an index of it.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, F, Func, Index
from django.db.models.functions import Coalesce


class NullIfEmpty(Func):
    """The text, or null where it is empty."""

    # The text stands in the words themselves: as a parameter SQLite would not know the index again.
    template = "NULLIF(%(expressions)s, '')"
    output_field = CharField()


def institution_then() -> Coalesce:
    """Return the key of the institution at completion, or else at enrolment."""
    return Coalesce("completed_institution_key", "institution_key")


def profession_then() -> Coalesce:
    """Return the key of the profession at completion, or else at enrolment."""
    return Coalesce(NullIfEmpty("completed_profession_key"), "profession_key")


class NewestFirst(Index):
    """An index with the newest first and what has no moment last, on both databases.

    On SQLite that is so by itself, and there is no word for it in an index.
    """

    def __init__(self, *, newest: Sequence[str], then: str, name: str) -> None:
        self.newest, self.then = tuple(newest), then
        moments = [F(column).desc(nulls_last=True) for column in newest]
        super().__init__(*moments, F(then), name=name)

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        words = {"newest": self.newest, "then": self.then, "name": self.name}
        return f"{type(self).__module__}.{type(self).__qualname__}", (), words

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **more: Any) -> Any:
        if schema_editor.connection.vendor != "sqlite":
            return super().create_sql(model, schema_editor, using, **more)
        plain = Index(*(F(one).desc() for one in self.newest), F(self.then), name=self.name)
        return plain.create_sql(model, schema_editor, using, **more)
