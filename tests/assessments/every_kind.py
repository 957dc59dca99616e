"""A question of each kind, as the stories of all kinds share them."""

from typing import Any

from tests.factories.kinds import Blocks


def every_kind(image: int) -> dict[str, Blocks]:
    """Return the parts of a question of each kind."""
    reason = {"reason": "Art. 4(a)."}
    box = reason | {"width": 20, "height": 20, "top": 5}
    yes: dict[str, Any] = {"text": "Yes", "correct": True} | reason
    no: dict[str, Any] = {"text": "No", "correct": False} | reason
    return {
        "choice": [("option", yes), ("option", no)],
        "multiple": [("option", yes), ("option", no)],
        "true-false": [("option", yes), ("option", no)],
        "matching": [
            ("pair", {"text": "Act", "match": "recruiting"} | reason),
            ("pair", {"text": "Means", "match": "deceit"} | reason),
        ],
        "sequencing": [("step", {"text": text} | reason) for text in ("first", "second")],
        "fill-in": [("accepted", {"answers": "purpose\naim", "typos": 1} | reason)],
        "numeric": [("number", {"value": 30.0, "tolerance": 0.0, "unit": "days"} | reason)],
        "cloze": [
            ("passage", {"text": "Act, [1] and purpose."}),
            ("gap", {"answers": "means", "decoys": "damage\nconsent"} | reason),
        ],
        "hotspot": [
            ("picture", {"image": image, "alt": "A room"}),
            ("region", box | {"text": "a safe", "left": 5, "correct": True}),
            ("region", box | {"text": "a window", "left": 50, "correct": False}),
        ],
        "likert": [("point", {"text": "not at all"}), ("point", {"text": "quite sure"})],
        "long-answer": [
            ("criterion", {"text": "Names the means", "points": 4, "guidance": "Art. 4(a)."}),
            ("criterion", {"text": "Names the first call", "points": 2, "guidance": ""}),
            ("sample", {"text": "The owner keeps the passports."}),
        ],
    }
