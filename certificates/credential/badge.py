"""A sheet as an Open Badge: everything that stands on the paper, in the words of the standard.

Sources: Open Badges 3.0, AchievementCredential; W3C Verifiable Credentials Data Model 2.0.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop

from certificates.credential.contexts import CONTEXTS
from certificates.credential.results import figures_of, in_both, of_both
from certificates.credential.signatures import moment
from certificates.credential.status import STATUS_TYPE, credential_id, status_address
from certificates.keys import issuer_did
from certificates.models import ACHIEVEMENT, Sheet
from xapi.iris import activity_iri

# What kind of achievement a class is (CTDL: acknowledges learning; acknowledges taking part).
_TYPES = {ACHIEVEMENT: "Certificate"}
_TYPE_OF_OTHERS = "CertificateOfCompletion"

_RULE = gettext_noop("All that the completion rule of the course, edition %(edition)s, asks for.")
_PASSED = gettext_noop("A test was part of it and was passed.")


def credential_of(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as an unsigned OpenBadgeCredential."""
    title = of_both(sheet.course_title_en, sheet.course_title_sr)
    credential = {
        "@context": list(CONTEXTS),
        "id": credential_id(sheet),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": {
            "id": issuer_did(),
            "type": ["Profile"],
            "name": sheet.issuer,
            "url": settings.SITE_URL,
        },
        "validFrom": moment(sheet.issued_at),
        "awardedDate": _day(sheet.completed_on),
        "credentialStatus": {"id": status_address(sheet), "type": STATUS_TYPE},
        "credentialSubject": _subject(sheet, title),
    }
    if sheet.valid_until:
        credential["validUntil"] = moment(_last_second(sheet.valid_until))
    return credential


def _subject(sheet: Sheet, title: str) -> dict[str, Any]:
    """Return who has achieved what. The id is this certificate's alone: it links nothing."""
    achievement = _achievement_id(sheet)
    subject: dict[str, Any] = {
        "id": f"urn:uuid:{uuid5(sheet.key, 'subject')}",
        "type": ["AchievementSubject"],
        "licenseNumber": sheet.serial,
        "activityEndDate": _day(sheet.completed_on),
        "achievement": _achievement(sheet, achievement, title),
        "result": [figure.result(achievement) for figure in figures_of(sheet)],
    }
    names = dict.fromkeys(filter(None, (sheet.name_cyrillic, sheet.name_latin)))
    if names:
        subject["identifier"] = [_name(name) for name in names]
    return subject


def _name(name: str) -> dict[str, Any]:
    """Return a name as it is on the paper: a hash could not be compared with an identity card."""
    return {
        "type": "IdentityObject",
        "identityType": "name",
        "identityHash": name,
        "hashed": False,
    }


def _achievement(sheet: Sheet, achievement: str, title: str) -> dict[str, Any]:
    return {
        "id": achievement,
        "type": ["Achievement"],
        "achievementType": _TYPES.get(sheet.certificate_class, _TYPE_OF_OTHERS),
        "name": title,
        "description": title,
        "version": str(sheet.edition),
        "criteria": {"narrative": _criteria(sheet)},
        "resultDescription": [figure.description(achievement) for figure in figures_of(sheet)],
    }


def _achievement_id(sheet: Sheet) -> str:
    """Return the id of an edition of a course. Raises ValueError for sheets older than ids."""
    if sheet.course_key is None:
        raise ValueError(f"{sheet} does not know its course: it is older than certificates as data")
    return activity_iri(sheet.course_key, f"edition-{sheet.edition}")


def _criteria(sheet: Sheet) -> str:
    rule = in_both(_RULE, edition=sheet.edition)
    passed = sheet.certificate_class == ACHIEVEMENT
    return f"{rule}\n\n{in_both(_PASSED)}" if passed else rule


def _day(day: date) -> str:
    """Return a day as the standard asks: with a time, and the zone in which it is that day."""
    return timezone.make_aware(datetime.combine(day, time())).isoformat()


def _last_second(day: date) -> datetime:
    """Return the last moment of a day here: a certificate holds through its last day."""
    tomorrow = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(tomorrow) - timedelta(seconds=1)
