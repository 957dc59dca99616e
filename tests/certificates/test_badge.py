"""A certificate as an Open Badge: every field of the paper, where the standard wants it."""

from datetime import date
from typing import Any

import pytest

from certificates.credential import credential_of
from certificates.keys import issuer_did
from certificates.models import ATTENDANCE
from tests.factories.certificates import COURSE, sheet


def results(credential: dict[str, Any]) -> dict[str, str]:
    """Return the results by the last part of what describes them."""
    given = credential["credentialSubject"]["result"]
    return {one["resultDescription"].partition("#")[2]: one["value"] for one in given}


def test_what_stands_on_the_paper_stands_in_the_badge() -> None:
    badge = credential_of(sheet())
    subject = badge["credentialSubject"]
    achievement = subject["achievement"]
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert badge["id"] == "urn:uuid:3f1c9a52-7c6e-4a55-9a0e-52f6f7d0a004"
    assert badge["issuer"]["id"] == issuer_did()
    assert badge["issuer"]["name"] == "Putokaz"
    assert badge["name"] == achievement["name"] == "Core course / Основни курс"
    assert subject["licenseNumber"] == "PTK-2026-0000042"
    assert achievement["id"].endswith(f"{COURSE}/edition-3")
    assert achievement["version"] == "3"
    assert achievement["criteria"]["narrative"].startswith("All that the completion rule")
    assert "Све што тражи правило" in achievement["criteria"]["narrative"]


def test_the_name_stands_in_both_scripts_as_on_the_paper() -> None:
    names = credential_of(sheet())["credentialSubject"]["identifier"]
    assert [(one["identityHash"], one["hashed"]) for one in names] == [
        ("Јелена Узорковић", False),
        ("Jelena Uzorković", False),
    ]
    one = credential_of(sheet(name_cyrillic="Anna Kiss", name_latin="Anna Kiss"))
    assert [name["identityHash"] for name in one["credentialSubject"]["identifier"]] == [
        "Anna Kiss"
    ]
    nobody = credential_of(sheet(name_cyrillic="", name_latin=""))
    assert "identifier" not in nobody["credentialSubject"]


def test_a_renewal_is_told_with_day_and_refresher() -> None:
    renewed = sheet(
        renewed_on=date(2029, 11, 2),
        refresher_title_en="What has changed",
        refresher_title_sr="Шта је ново",
        refresher_minutes=40,
        law_as_of=date(2029, 9, 1),
        valid_until=date(2032, 11, 2),
    )
    badge = credential_of(renewed)
    told = results(badge)
    assert (told["renewed-on"], told["law-as-of"]) == ("2029-11-02", "2029-09-01")
    assert told["refresher"] == "What has changed / Шта је ново"
    assert told["refresher-minutes"] == "40"
    assert badge["validUntil"] == "2032-11-02T22:59:59Z"
    assert badge["awardedDate"].startswith("2026-11-24")
    names = {
        one["id"].partition("#")[2]: one["name"]
        for one in badge["credentialSubject"]["achievement"]["resultDescription"]
    }
    assert names["renewed-on"] == "Renewed on / Обновљен"
    assert "renewed-on" not in results(credential_of(sheet()))


def test_hours_class_law_and_modules_are_results_with_their_descriptions() -> None:
    badge = credential_of(sheet())
    assert results(badge) == {
        "minutes": "390",
        "class": "achievement",
        "law-as-of": "2026-09-01",
        "score-band": "80–89",
        "module-3f1c9a52-7c6e-4a55-9a0e-52f6f7d0a002": "90",
        "module-3f1c9a52-7c6e-4a55-9a0e-52f6f7d0a003": "60",
    }
    described = badge["credentialSubject"]["achievement"]["resultDescription"]
    referred = [one["resultDescription"] for one in badge["credentialSubject"]["result"]]
    assert [one["id"] for one in described] == referred
    assert described[0]["name"] == "Duration in minutes / Трајање у минутима"
    assert described[-1]["name"] == "Refer / Упутите"


@pytest.mark.parametrize(
    ("kind", "achievement_type", "tested"),
    [("achievement", "Certificate", True), (ATTENDANCE, "CertificateOfCompletion", False)],
)
def test_the_class_decides_what_kind_of_achievement_it_is(
    kind: str, achievement_type: str, tested: bool
) -> None:
    badge = credential_of(sheet(certificate_class=kind, score_band=""))
    achievement = badge["credentialSubject"]["achievement"]
    assert achievement["achievementType"] == achievement_type
    assert ("A test was part of it" in achievement["criteria"]["narrative"]) is tested
    assert "score-band" not in results(badge)


def test_days_are_days_in_serbia_and_the_last_one_counts() -> None:
    badge = credential_of(sheet(completed_on=date(2026, 7, 1), valid_until=date(2026, 12, 31)))
    assert badge["validFrom"] == "2026-11-24T09:00:00Z"
    assert badge["awardedDate"] == "2026-07-01T00:00:00+02:00"
    assert badge["validUntil"] == "2026-12-31T22:59:59Z"
    assert "validUntil" not in credential_of(sheet(valid_until=None))


def test_it_says_where_to_look_whether_it_still_stands(settings: Any) -> None:
    settings.SITE_URL = "https://putokaz.example"
    assert credential_of(sheet())["credentialStatus"] == {
        "id": "https://putokaz.example/verify/ABCD-EFGH-JKMN/status.json",
        "type": "1EdTechRevocationList",
    }


def test_the_person_has_no_id_that_links_two_certificates() -> None:
    one, other = credential_of(sheet()), credential_of(sheet(key=COURSE))
    assert one["credentialSubject"]["id"] != other["credentialSubject"]["id"]


def test_a_title_that_is_the_same_in_both_languages_stands_once() -> None:
    assert credential_of(sheet(course_title_sr="Core course"))["name"] == "Core course"


def test_a_sheet_without_its_course_cannot_be_data() -> None:
    with pytest.raises(ValueError, match="does not know its course"):
        credential_of(sheet(course_key=None))
