"""Papers as people hold them: genuine, revoked, corrected or erased since; lines that are amiss.

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
from courses.refreshers import refreshers
from people.actors import actor_id, people_of
from people.erasure import erase
from people.models import User
from tests.e2e.content import as_taken
from tests.factories.refreshers import refresh
from tests.support import work


def prepare() -> dict[str, Any]:
    """Revoke a certificate, correct and renew one, forget whose one is; return each paper."""
    now, by = timezone.now(), User.objects.get(email="admin@example.org")
    mine = actor_id(User.objects.get(email="finished@example.org"))
    standing = Certificate.objects.get(actor=mine)
    ending = User.objects.get(email="ending@example.org")
    renewed = Certificate.objects.get(actor=actor_id(ending))
    others = Certificate.objects.standing().exclude(key__in=[standing.key, renewed.key])
    revoked, corrected, erased = others.order_by("serial")[:3]
    holder = people_of([corrected.actor])[corrected.actor]
    holder.name_latin = f"{holder.name_latin}-Novi"
    holder.save()
    held = {"standing": standing, "revoked": revoked, "old": corrected, "erased": erased}
    held["renewed"] = renewed
    papers = {name: _paper(certificate) for name, certificate in held.items()}
    revoke(certificate=revoked, by=by, reason=Reason.ERROR, words="An invented reason.", at=now)
    sheet = correct(
        certificate=corrected, by=by, reason=Reason.NAME, words="A new surname.", at=now
    )
    erase(user=people_of([erased.actor])[erased.actor], own_wish=True, at=now)
    refresh(ending, as_taken(refreshers()[renewed.course].page), now)
    work()
    return papers | {"new": _paper(Certificate.objects.get(key=sheet.key))} | _odd(standing)


def _odd(standing: Certificate) -> dict[str, dict[str, str]]:
    """Return papers that we never issued, with lines that a key of ours has signed."""
    ended, renamed, unknown = (Sheet.objects.get(key=standing.key) for _ in range(3))
    ended.valid_until = ended.completed_on
    renamed.name_cyrillic = "Неко Други"
    unknown.code = "0000-0000-0000"
    odd = {"expired": ended, "renamed": renamed, "unknown": unknown}
    return {name: _as_paper(sheet) for name, sheet in odd.items()}


def _paper(certificate: Certificate) -> dict[str, str]:
    return _as_paper(Sheet.objects.get(key=certificate.key))


def _as_paper(sheet: Sheet) -> dict[str, str]:
    said = {name: str(getattr(sheet, name)) for name in ("serial", "code", "name_latin")}
    about = {"cyrillic": sheet.name_cyrillic, "title": sheet.course_title_en}
    return said | about | {"line": compact(sheet), "file": sheet.file.path}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prepare()))
