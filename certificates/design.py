"""All of a sheet that is not a fact of the certificate: its words, how it lies, who signs by hand.

Words may hold placeholders (`certificates.placeholders`). A template of the CMS says how it shall
be; what it leaves empty, and a sheet without a template, is as usual for its class.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models.fields.files import FieldFile
from wagtail.models import Revision

from certificates.models import ACHIEVEMENT, ATTENDANCE, CertificateTemplate, Sheet
from serbian import to_latin

LANDSCAPE = CertificateTemplate.Orientation.LANDSCAPE.value
PORTRAIT = CertificateTemplate.Orientation.PORTRAIT.value
_IN_PLACE = "img/mark.svg"
Address = Callable[[FieldFile], str]


@dataclass(frozen=True)
class Words:
    """The same in both languages; Serbian in Cyrillic."""

    en: str = ""
    sr: str = ""

    def or_else(self, other: "Words") -> "Words":
        """Return these words, where there are none the others."""
        return Words(self.en or other.en, self.sr or other.sr)


@dataclass(frozen=True)
class Hand:
    """A signatory; `signature` is the address of a picture."""

    name: Words
    function: Words
    signature: str


@dataclass(frozen=True)
class Design:
    """What one kind of certificate says, and how it lies; `seal` is the address of a picture."""

    heading: Words
    did: Words
    text: Words
    partner: Words = Words()
    orientation: str = LANDSCAPE
    in_latin: bool = False
    hands: tuple[Hand, ...] = ()
    seal: str = ""
    transcript: bool = False

    @property
    def words(self) -> tuple[Words, Words, Words]:
        """What it says above and below the name and the course, from top to bottom."""
        return self.heading, self.did, self.text

    @property
    def row(self) -> list[Hand | None]:
        """What stands above the foot, from left to right: None is the seal, in the middle."""
        middle = len(self.hands) // 2
        seal: list[Hand | None] = [None] if self.seal else []
        return [*self.hands[:middle], *seal, *self.hands[middle:]]

    def serbian(self, words: str) -> str:
        """Return Serbian words in the script of this design."""
        return to_latin(words) if self.in_latin else words

    @property
    def serbian_tag(self) -> str:
        """The language tag of its Serbian words."""
        return "sr-Latn" if self.in_latin else "sr-Cyrl"


USUAL = {
    ACHIEVEMENT: Design(
        heading=Words("Certificate of achievement", "Сертификат о успешно завршеном курсу"),
        did=Words("completed the course", "успешно завршен курс"),
        text=Words(
            "{hours} · final test passed[, {score_band} %] · {completed} · law as of {law_as_of}"
            "[ · valid until {valid_until}]",
            "{hours} · положен завршни тест[, {score_band} %] · {completed} · право на дан"
            " {law_as_of}[ · важи до {valid_until}]",
        ),
    ),
    ATTENDANCE: Design(
        heading=Words("Certificate of attendance", "Сертификат о похађању курса"),
        did=Words("attended the course", "за похађање курса"),
        text=Words(
            "{hours} · {completed} · law as of {law_as_of}[ · valid until {valid_until}]",
            "{hours} · {completed} · право на дан {law_as_of}[ · важи до {valid_until}]",
        ),
    ),
}


def design_for(sheet: Sheet) -> Design:
    """Return the design of a sheet: by the revision of the template that it was begun with."""
    if sheet.template_revision_id is None:
        return USUAL[sheet.certificate_class]
    return design_of_revision(sheet.template_revision_id)


# A revision never changes, so what it says can be kept.
@lru_cache(maxsize=64)
def design_of_revision(pk: int) -> Design:
    """Return the design that a revision of a template says."""
    return design_of(Revision.objects.get(pk=pk).as_object(), stored_picture)


def design_of(template: CertificateTemplate, address: Address) -> Design:
    """Return the design that a template says; `address` is asked for that of each picture."""
    usual = USUAL[template.certificate_class]
    return replace(
        usual,
        heading=Words(template.heading_en, template.heading_sr).or_else(usual.heading),
        did=Words(template.did_en, template.did_sr).or_else(usual.did),
        text=Words(template.text_en, template.text_sr).or_else(usual.text),
        partner=Words(template.partner_en, template.partner_sr),
        orientation=template.orientation,
        in_latin=template.serbian_script == CertificateTemplate.Script.LATIN,
        hands=tuple(
            Hand(
                Words(one.name_en, one.name_sr),
                Words(one.function_en, one.function_sr),
                address(one.signature),
            )
            for one in template.signatories.all()
        ),
        seal=address(template.seal),
        transcript=template.transcript,
    )


def stored_picture(picture: FieldFile) -> str:
    """Return the address under which the renderer reads a picture of a template.

    One that was chosen a moment ago and is not stored yet has the signpost in its place: how much
    room it takes is the same for each.
    """
    if not picture:
        return ""
    stored = picture._committed  # type: ignore[attr-defined]
    return str(picture.name) if stored else _IN_PLACE
