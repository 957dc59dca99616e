"""Choose one language of a language map (1.0.3 Communication 2.1.3, RFC 9110 12.5.4)."""

from functools import lru_cache


def best_of(texts: dict[str, str], header: str) -> dict[str, str]:
    """Return the map with the one entry that an Accept-Language header likes best.

    Without a match it is the first entry.
    """
    if len(texts) < 2:
        return texts
    by_tag = {tag.lower(): tag for tag in texts}
    for wanted in _wanted(header):
        for tag in by_tag:
            if wanted in ("*", tag) or tag.startswith(f"{wanted}-"):
                return {by_tag[tag]: texts[by_tag[tag]]}
        # Less and less of it, from its end: sr-Cyrl-RS, sr-Cyrl, sr (RFC 4647 3.4).
        while "-" in wanted:
            wanted = wanted.rpartition("-")[0]
            if wanted in by_tag:
                return {by_tag[wanted]: texts[by_tag[wanted]]}
    first = next(iter(texts))
    return {first: texts[first]}


@lru_cache(maxsize=500)
def _wanted(header: str) -> tuple[str, ...]:
    """Return the tags of an Accept-Language header, the best liked first."""
    found = []
    for number, choice in enumerate(header[:500].split(",")):
        tag, _, weight = choice.strip().lower().partition(";")
        found.append((-_quality(weight), number, tag.strip()))
    return tuple(tag for quality, _, tag in sorted(found) if tag and quality < 0)


def _quality(weight: str) -> float:
    try:
        return float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
