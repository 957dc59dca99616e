"""The words that a page must show in each of the three forms."""

from django.utils.translation import gettext, ngettext, override

from serbian import to_latin


class Words:
    """What the site says in one language and script."""

    def __init__(self, form: str) -> None:
        self.form = form

    def __call__(self, text: str, **values: object) -> str:
        """Return a message of the catalogue as a reader of this form sees it."""
        with override(self.form):
            return self._in_script(gettext(text) % values if values else gettext(text))

    def some(self, one: str, many: str, number: int) -> str:
        """Return a message that counts."""
        with override(self.form):
            return self._in_script(ngettext(one, many, number) % {"n": number})

    def _in_script(self, text: str) -> str:
        return to_latin(text) if self.form == "sr-latn" else text
