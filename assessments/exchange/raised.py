"""Letters that stand above or below the line, as plain text has them."""

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ORDINAL = {"st", "nd", "rd", "th"}


def raised_or_lowered(text: str, *, tag: str) -> str | None:
    """Return what stands in `sup` or `sub` in letters of that kind; None where there are none."""
    said = text.strip()
    if said in _ORDINAL:
        return said
    table = _RAISED if tag == "sup" else _LOWERED
    return said.translate(table) if all(ord(letter) in table for letter in said) else None
