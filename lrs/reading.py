"""Read the log."""

import json
from typing import Any
from uuid import UUID

from lrs.models import Statement


def statements_of(actor: UUID) -> list[dict[str, Any]]:
    """Return what the log holds under an opaque id, in the order of arrival."""
    bodies = Statement.objects.filter(actor=actor).order_by("sequence")
    return [json.loads(body) for body in bodies.values_list("body", flat=True)]
