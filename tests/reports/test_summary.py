"""The summary on paper: figures of groups, small ones hidden, nobody by name; sealed, PDF/UA."""

import subprocess
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

from config.bootstrap.pdf_tools import missing_groups, missing_packages
from courses.models import Enrolment
from people.models import User
from reports.completions import all_rows
from reports.disclosures.received import received
from reports.exports.filling import make
from reports.exports.report import Report
from reports.exports.summary import summary
from reports.filters import Filters
from reports.models import Export
from reports.snapshots.tally import Tally
from tests.factories.courses import small_course
from tests.factories.people import ProfessionFactory
from tests.reports.conftest import Justice
from tests.reports.filed import export_of

pytestmark = pytest.mark.django_db

_MISSING = [*missing_packages(), *missing_groups()]


@pytest.fixture
def crowd(justice: Justice) -> list[Enrolment]:
    """Seven judges at the court, six of whom have completed; two at the council, who have not."""
    found = [justice.learner() for _ in range(7)]
    for number, one in enumerate(found[:6]):
        Enrolment.objects.filter(pk=one.pk).update(
            completed_at=justice.at + timedelta(days=number), minutes=90
        )
    found += [justice.learner(institution=justice.council) for _ in range(2)]
    return found


@pytest.fixture
def holder(justice: Justice) -> User:
    assert justice.mandate.holder
    return justice.mandate.holder


def report(justice: Justice, language: str = "en") -> Report:
    return Report(justice.mandate, Filters(), language, justice.at, iter(()))


def tables(justice: Justice) -> dict[str, list[tuple[str, int | None, int | None]]]:
    told = summary(report(justice))
    return {
        str(table["title"]): [
            (line.name, line.figures.persons, line.figures.participations)
            for line in table["lines"]
        ]
        for table in told["tables"]
    }


def test_figures_stand_by_group(justice: Justice, crowd: list[Enrolment]) -> None:
    found = tables(justice)
    assert found["By profession"] == [("Judge", 9, 9)]
    assert found["By course"] == [("Core", 9, 9)]
    # Three have not completed: how many have is told by no month, and by no sum of months.
    assert "By month of completion" not in found


def test_one_hidden_figure_is_not_the_difference_of_others(justice: Justice) -> None:
    """All who completed are judges, and all but three judges: the total would tell."""
    for number, one in enumerate([justice.learner() for _ in range(9)]):
        done = {"completed_at": justice.at, "minutes": 60} if number < 6 else {}
        Enrolment.objects.filter(pk=one.pk).update(**done or {"minutes": None})
    other = ProfessionFactory(key="prosecutor", name_en="Prosecutor")
    justice.mandate.professions.add(other)
    for _ in range(6):
        justice.learner(profession=other)
    told = summary(report(justice))
    assert told["totals"].participations == 15
    assert told["totals"].persons_completed is None
    shown = {
        (line.figures.persons_completed, line.figures.completions, line.figures.hours)
        for table in told["tables"]
        for line in table["lines"]
    }
    assert shown == {(None, None, None)}


def test_where_nothing_has_to_be_hidden_months_are_told(justice: Justice) -> None:
    for number, one in enumerate([justice.learner() for _ in range(12)]):
        done = {"completed_at": justice.at, "minutes": 60} if number < 6 else {"minutes": None}
        Enrolment.objects.filter(pk=one.pk).update(**done)
    assert tables(justice)["By month of completion"] == [("November 2026", 6, 6)]


def test_small_groups_are_hidden_with_what_would_tell_them(
    justice: Justice, crowd: list[Enrolment]
) -> None:
    """Two at the council: hidden, and so is the court, or the sum would tell."""
    assert tables(justice)["By institution"] == [
        ("High Council", None, None),
        ("Higher Court", None, None),
    ]
    told = summary(report(justice))["totals"]
    # Three of nine have not completed: how many have is hidden, too.
    assert (told.persons, told.participations, told.persons_completed) == (9, 9, None)


def test_hours_do_not_tell_who_completed_which_course(justice: Justice, at: datetime) -> None:
    """Sixteen at 185 minutes and one at 40: 50 hours in all would tell how many of each."""
    other = small_course(at, slug="other")
    made = [justice.learner() for _ in range(32)]
    for number, one in enumerate(made):
        done = {"completed_at": justice.at, "minutes": 185} if number < 17 else {"minutes": None}
        Enrolment.objects.filter(pk=one.pk).update(**done)
    assert summary(report(justice))["totals"].hours == round(17 * 185 / 60, 2)
    key = other.course.translation_key
    Enrolment.objects.filter(pk=made[0].pk).update(course_key=key, minutes=40)
    told = summary(report(justice))
    hours = {line.figures.hours for table in told["tables"] for line in table["lines"]}
    assert hours == {None}
    assert told["totals"].hours is None


def test_hours_are_rounded_once(justice: Justice) -> None:
    """On the papers of exports and of snapshots alike, whatever their groups are."""
    prosecutor = ProfessionFactory(key="prosecutor", name_en="Prosecutor")
    justice.mandate.professions.add(prosecutor)
    for profession in (justice.judge, prosecutor):
        for number in range(10):
            one = justice.learner(profession=profession)
            done = {"completed_at": justice.at, "minutes": 5} if number < 5 else {"minutes": None}
            Enrolment.objects.filter(pk=one.pk).update(**done)
    # Ten times 5 minutes; by profession 0.42 and 0.42 hours, and 0.08 in each row.
    assert summary(report(justice))["totals"].hours == 0.83
    with closing(Tally()) as tally:
        tally.add(all_rows(mandate=justice.mandate, filters=Filters()))
        assert tally.total().hours == 0.83
        assert tally.hours_of_rows() == 0.8


def test_of_nobody_there_is_no_table(justice: Justice) -> None:
    told = summary(report(justice))
    assert (told["totals"], told["tables"]) == (None, [])


def test_groups_are_named_in_the_language_of_the_file(
    justice: Justice, crowd: list[Enrolment]
) -> None:
    Enrolment.objects.filter(completed_at=None).delete()
    with override("sr"):
        told = summary(report(justice, "sr"))
        titles = [str(table["title"]) for table in told["tables"]]
    assert titles[0] == "По професији"
    [profession] = [
        t for t, title in zip(told["tables"], titles, strict=True) if title == titles[0]
    ]
    assert [line.name for line in profession["lines"]] == ["Судија"]
    [month] = [t for t in told["tables"] if t["by_month"]]
    assert [line.name.lower() for line in month["lines"]] == ["новембар 2026."]


def test_a_summary_is_about_nobody(
    justice: Justice, crowd: list[Enrolment], holder: User, at: datetime
) -> None:
    justice.mandate.identified = True
    justice.mandate.save()
    export = export_of(justice.mandate, holder, at, kind="pdf")
    make(export, at=at)
    export.refresh_from_db()
    said = export.disclosure
    assert (said.rows, said.persons, said.identified, said.outcome) == (None, 9, False, "made")
    said.outcome = "sent"
    said.save()
    assert received(crowd[0].learner) == []


@pytest.mark.slow
@pytest.mark.pdf
@pytest.mark.skipif(bool(_MISSING), reason=f"not on this machine: {', '.join(_MISSING)}")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Completions: summary", "Judicial Academy", "hidden"]),
        ("sr", ["Завршени курсеви: сажетак", "скривено"]),
        ("sr-latn", ["Završeni kursevi: sažetak", "skriveno"]),
    ],
)
def test_the_file_is_pdf_ua_sealed_and_says_what_it_is(
    justice: Justice,
    crowd: list[Enrolment],
    holder: User,
    at: datetime,
    tmp_path: Path,
    language: str,
    words: list[str],
) -> None:
    from tests.certificates.verapdf import broken_rules  # noqa: PLC0415 (it needs Java)

    for number in range(6):
        other = ProfessionFactory(key=f"p{number}", name_en=f"Profession {number}")
        justice.mandate.professions.add(other)
        for _ in range(6):
            justice.learner(profession=other)
    export = export_of(justice.mandate, holder, at, kind="pdf")
    export.disclosure.language = language
    export.disclosure.save()
    make(Export.objects.get(), at=at)
    file = tmp_path / "summary.pdf"
    export.refresh_from_db()
    file.write_bytes(export.file.read())
    assert {p: broken_rules(file, p) for p in ("PDFA_3_A", "PDFUA_1")} == {
        "PDFA_3_A": [],
        "PDFUA_1": [],
    }
    sealed = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True).stdout
    assert "Signature is Valid" in sealed
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True).stdout
    assert [word for word in words if word not in text] == []
