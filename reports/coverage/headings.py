"""Which column says what: recognised by headings in English and in Serbian, in both scripts."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from reports.coverage.errors import ColumnTwice, JmbgColumn, NoHeadings
from serbian import fold

# The headings of the template, in the order of the file.
COLUMNS = {
    "email": _("Official e-mail"),
    "personnel_number": _("Personnel number"),
    "name": _("Name"),
    "institution": _("Institution"),
    "profession": _("Profession"),
    "function": _("Function"),
}

# Folded, without anything but letters: Latin, lower case, no accents.
_KNOWN = {
    "email": {
        "officialemail", "email", "emailaddress", "officialemailaddress", "mail", "workemail",
        "sluzbenaeposta", "eposta", "sluzbeniemail", "sluzbeniimejl", "imejl", "mejl",
        "adresaeposte", "sluzbenaadresaeposte", "elektronskaposta", "sluzbenaadresa",
        "emailadresa", "sluzbenaemailadresa",
    },
    "personnel_number": {
        "personnelnumber", "personnelno", "employeenumber", "employeeno", "staffnumber",
        "personalnibroj", "sluzbenibroj", "brojzaposlenog", "evidencionibroj", "sifrazaposlenog",
        "brojsluzbenelegitimacije",
    },
    "name": {
        "name", "fullname", "nameandsurname", "firstandlastname", "ime", "imeiprezime",
        "prezimeiime", "imeprezime", "prezimeime",
    },
    "institution": {
        "institution", "court", "employer", "ustanova", "institucija", "organ", "sud", "tuzilastvo",
        "poslodavac", "nazivustanove", "nazivinstitucije", "nazivorgana",
    },
    "profession": {"profession", "occupation", "profesija", "zanimanje", "struka", "zvanje"},
    "function": {"function", "position", "office", "funkcija", "duznost", "radnomesto", "polozaj"},
}  # fmt: skip
_JMBG = {"jmbg", "maticnibroj", "jedinstvenimaticnibroj", "jedinstvenimaticnibrojgradjana"}
_BY_HEADING = {heading: name for name, headings in _KNOWN.items() for heading in headings}


def columns_in(headings: Sequence[str]) -> dict[str, int]:
    """Return where each column stands. Raises JmbgColumn, ColumnTwice, NoHeadings."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        plain = re.sub(r"[^a-z]", "", fold(heading))
        if plain in _JMBG:
            raise JmbgColumn
        name = _BY_HEADING.get(plain)
        if name and name in found:
            raise ColumnTwice(heading)
        if name:
            found[name] = place
    if "email" not in found and not {"personnel_number", "institution"} <= found.keys():
        raise NoHeadings
    return found
