"""Pairs and steps, as QTI asks them."""

from assessments.exchange.item import Item
from assessments.exchange.qti.elements import qti
from assessments.exchange.qti.scoring import RESPONSE, declared, earned, in_place, point_if
from assessments.exchange.qti.written import (
    Written,
    asked,
    numbered,
    parts_of,
    reasons_of,
    simple_choices,
)


def matching(item: Item) -> Written:
    """Pairs, and decoys among what is chosen from."""
    pairs, decoys = parts_of(item, "pair"), parts_of(item, "decoy")
    ones, others = numbered("left", pairs), numbered("right", [*pairs, *decoys])
    texts = [*(pair["match"] for pair in pairs), *(decoy["text"] for decoy in decoys)]
    right = [f"{one} {other}" for one, other in zip(ones, others, strict=False)]
    sets = [
        qti(
            "simpleMatchSet",
            *(
                qti("simpleAssociableChoice", text=text, identifier=key, matchMax="1")
                for key, text in zip(keys, said, strict=True)
            ),
        )
        for keys, said in ((ones, [pair["text"] for pair in pairs]), (others, texts))
    ]
    interaction = qti(
        "matchInteraction",
        *sets,
        responseIdentifier=RESPONSE,
        shuffle="true",
        maxAssociations=str(len(pairs)),
    )
    points = [(pair, 1) for pair in right]
    return Written(
        declarations=[declared(RESPONSE, "multiple", "directedPair", right, points)],
        body=asked(item.stem, interaction),
        scoring=earned([RESPONSE]),
        reasons=reasons_of(ones, pairs),
        most=len(pairs),
    )


def sequencing(item: Item) -> Written:
    """Steps: each in its place earns a point."""
    steps = parts_of(item, "step")
    keys = numbered("step", steps)
    interaction = qti(
        "orderInteraction",
        *simple_choices(keys, steps),
        responseIdentifier=RESPONSE,
        shuffle="true",
    )
    return Written(
        declarations=[declared(RESPONSE, "ordered", "identifier", keys)],
        body=asked(item.stem, interaction),
        scoring=[point_if(in_place(place)) for place in range(1, len(steps) + 1)],
        reasons=reasons_of(keys, steps),
        most=len(steps),
    )
