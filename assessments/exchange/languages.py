"""In which languages there are questions."""

from argparse import ArgumentTypeError

from django.conf import settings


def content_language_code(typed: str) -> str:
    """Return the code of a language in which there is content. Raises ArgumentTypeError."""
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    if typed not in codes:
        raise ArgumentTypeError(
            f"there is no content in “{typed}”; content languages are {', '.join(codes)}. "
            "Serbian is kept once, in Cyrillic, as sr."
        )
    return typed
