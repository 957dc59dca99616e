"""Papers as people hold them: genuine, revoked, corrected since, expired, and lines that are amiss.

Run as `python -m tests.e2e.verified` against a site of the browser tests; prints them as JSON.
"""

import json
import sys
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.utils import timezone

from certificates.compact import compact
from certificates.models import Certificate, Reason, Sheet
from certificates.revoking import correct, revoke
from people.actors import actor_id, people_of
from people.models import User
from tests.support import work


def prepare() -> dict[str, Any]:
    """Revoke a certificate, correct another; return all three as papers."""
    now, by = timezone.now(), User.objects.get(email="admin@example.org")
    mine = actor_id(User.objects.get(email="finished@example.org"))
    standing, revoked, corrected = (
        Certificate.objects.get(actor=mine),
        *Certificate.objects.standing().exclude(actor=mine).order_by("serial")[:2],
    )
    holder = people_of([corrected.actor])[corrected.actor]
    holder.name_latin = f"{holder.name_latin}-Novi"
    holder.save()
    papers = {"standing": _paper(standing), "revoked": _paper(revoked), "old": _paper(corrected)}
    revoke(certificate=revoked, by=by, reason=Reason.ERROR, words="An invented reason.", at=now)
    sheet = correct(
        certificate=corrected, by=by, reason=Reason.NAME, words="A new surname.", at=now
    )
    work()
    return papers | {"new": _paper(Certificate.objects.get(key=sheet.key))} | _odd(standing)


def _odd(standing: Certificate) -> dict[str, dict[str, str]]:
    """Return papers that we never issued, with lines that a key of ours has signed."""
    ended, renamed = (Sheet.objects.get(key=standing.key) for _ in range(2))
    ended.valid_until = ended.completed_on
    renamed.name_cyrillic = "Неко Други"
    return {"expired": _as_paper(ended), "renamed": _as_paper(renamed)}


def _paper(certificate: Certificate) -> dict[str, str]:
    return _as_paper(Sheet.objects.get(key=certificate.key))


def _as_paper(sheet: Sheet) -> dict[str, str]:
    said = {name: str(getattr(sheet, name)) for name in ("serial", "code", "name_latin")}
    about = {"cyrillic": sheet.name_cyrillic, "title": sheet.course_title_en}
    return said | about | {"line": compact(sheet), "file": sheet.file.path}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prepare()))
