"""The sealed papers of the statistics, opened by programs that are not ours."""

import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from config.bootstrap.pdf_tools import missing_groups, missing_packages
from reports.filters import Filters
from reports.statistics.pack import FILES, as_paper
from tests.certificates.verapdf import broken_rules
from tests.factories.courses import SmallCourse
from tests.factories.people import ProfessionFactory
from tests.reports.cohorts import RIGHT, Cohort, cohort

_MISSING = [*missing_packages(), *missing_groups()]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.pdf,
    pytest.mark.skipif(bool(_MISSING), reason=f"not on this machine: {', '.join(_MISSING)}"),
]
SAID = {
    "en": ("Statistics for the action", "Judge", "Recovery period of at least 30 days"),
    "sr": ("Статистика за акцију", "Судија", "Период опоравка од најмање 30 дана"),
    "sr-latn": ("Statistika za akciju", "Sudija", "Period oporavka od najmanje 30 dana"),
}


@pytest.fixture
def group(course: SmallCourse, at: datetime) -> Cohort:
    judge = ProfessionFactory(key="judge", name_en="Judge", name_sr="Судија", track="justice")
    made = cohort(course, [judge], at)
    for one in made.learners(6, judge):
        made.before(one, 0)
        made.after(one, *RIGHT)
        made.complete(one)
    return made


@pytest.mark.parametrize("language", SAID)
def test_it_is_kept_read_aloud_and_sealed(
    group: Cohort, language: str, tmp_path: Path, at: datetime
) -> None:
    for what in FILES:
        made = as_paper(what, mandate=group.mandate, filters=Filters(), language=language, at=at)
        file = tmp_path / f"{what}.pdf"
        file.write_bytes(made)
        for profile in ("PDFA_3_A", "PDFUA_1"):
            assert broken_rules(file, profile) == [], profile
        assert b"/ETSI.CAdES.detached" in made
        text = subprocess.run(
            ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True
        ).stdout
        read = " ".join(text.split())
        title, profession, theme = SAID[language]
        assert profession in read
        assert (title in read) is (what == "statistics")
        assert theme.split()[0] in read
