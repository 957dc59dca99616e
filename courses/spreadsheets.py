"""What a table that leaves the site does to the program that opens it: nothing."""

# A spreadsheet runs a cell that begins like this as a formula (OWASP: CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """Return a cell that every spreadsheet shows as text."""
    return f"'{text}" if text.startswith(_FORMULA) else text
