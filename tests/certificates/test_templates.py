"""Templates of certificates: written and checked in the CMS, chosen by course, kept by sheets."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from certificates.claims import claim_of
from certificates.design import PORTRAIT, design_for
from certificates.issuing import issue
from certificates.models import ATTENDANCE, CertificateTemplate, Sheet, template_storage
from certificates.paper import sheet_html
from certificates.printing import OwnFilesOnly
from certificates.rendering import lay_out, render_sheet
from certificates.sheet_templates.checking import faults_of
from certificates.sheet_templates.choosing import last_day, template_for
from config.roles import sync_roles
from courses.models import CoursePage, Enrolment
from tests.cms.conftest import person, sign_in
from tests.drawing import drawn_as
from tests.factories.certificate_templates import picture, template_of
from tests.factories.courses import SmallCourse
from tests.factories.sheets import sheet_of
from tests.support import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(course: SmallCourse) -> CoursePage:
    return course.course


@pytest.fixture
def administrator(course: SmallCourse) -> Client:
    sync_roles()
    return sign_in(person("administrator"))


def form(**fields: Any) -> dict[str, Any]:
    usual = {
        "name": "For the core course",
        "certificate_class": "achievement",
        "orientation": "landscape",
        "serbian_script": "cyrillic",
        "courses": inline_formset([]),
        "signatories": inline_formset([]),
        **dict.fromkeys(("heading_en", "heading_sr", "did_en", "did_sr", "text_en", "text_sr"), ""),
        "partner_en": "",
        "partner_sr": "",
        "validity_months": "",
    }
    return nested_form_data(usual | fields)


def post(browser: Client, **fields: Any) -> str:
    address = reverse("certificate_templates:add")
    return browser.post(address, form(**fields), follow=True).content.decode()


def published(browser: Client, **fields: Any) -> str:
    return post(browser, **{"action-publish": "action-publish", **fields})


# --- which one ------------------------------------------------------------------------------


def test_a_course_follows_its_own_template_and_else_the_default(page: CoursePage) -> None:
    default = template_of(name="Everybody's", is_default=True)
    asked = {"course_key": page.translation_key, "certificate_class": "achievement"}
    assert template_for(**asked) == default
    own = template_of(page, name="Its own")
    assert template_for(**asked) == own
    assert template_for(**(asked | {"certificate_class": ATTENDANCE})) is None


def test_a_draft_is_followed_by_nobody(page: CoursePage) -> None:
    template_of(page).unpublish()
    assert template_for(course_key=page.translation_key, certificate_class="achievement") is None


def test_the_choice_costs_one_query(page: CoursePage, django_assert_num_queries: Any) -> None:
    template_of(page)
    with django_assert_num_queries(1):
        template_for(course_key=page.translation_key, certificate_class="achievement")


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 11, 24), 36, date(2029, 11, 24)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 24), None, None),
    ],
)
def test_months_are_counted_on_the_calendar(
    start: date, months: int | None, expected: date | None
) -> None:
    assert last_day(start, months) == expected


# --- what stands on the sheet ---------------------------------------------------------------


def test_a_sheet_keeps_the_words_of_its_day(
    page: CoursePage,
    enrolment: Enrolment,
    course: SmallCourse,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn_as(monkeypatch, lambda sheet: b"%PDF")
    template = template_of(page, heading_en="Diploma", validity_months=12)
    done = complete(enrolment, course, at)
    sheet = issue(registration=done.registration, at=at)
    assert sheet is not None
    assert sheet.valid_until == last_day(sheet.completed_on, 12)

    template.heading_en = "Degree"
    template.save_revision().publish()
    assert design_for(Sheet.objects.get()).heading.en == "Diploma"
    now = claim_of(done.registration)
    assert now is not None
    assert now.fields["template_revision"] != sheet.template_revision


def test_words_pictures_and_script_of_the_template_stand_on_it(page: CoursePage) -> None:
    template = template_of(
        page,
        signatories=2,
        seal=picture(),
        serbian_script="latin",
        text_en="For {name}.\nSecond line.",
        text_sr="За полазника.",
        partner_en="With the Sample Academy",
    )
    sheet = sheet_of(template_revision=template.live_revision)
    html = sheet_html(sheet, design_for(sheet))
    assert '<p class="facts">For Jelena Uzorković.</p><p class="facts">Second line.</p>' in html
    assert '<p class="facts-second" lang="sr-Latn">Za polaznika.</p>' in html
    assert "Sertifikat o uspešno završenom kursu" in html
    assert "With the Sample Academy" in html
    assert html.count('alt="Signature of Ana Uzorković') == 2
    assert html.index("Ana Uzorković 0") < html.index("Seal of the issuer")
    assert html.index("Seal of the issuer") < html.index("Ana Uzorković 1")
    render_sheet(sheet)  # the pictures are found


def test_the_second_page_lists_every_module(page: CoursePage) -> None:
    template = template_of(page, transcript=True, orientation=PORTRAIT)
    modules = [
        {"key": str(n), "title": {"en": f"Module {n}", "sr": f"Модул {n}"}, "minutes": 30 + n}
        for n in range(40)
    ]
    sheet = sheet_of(template_revision=template.live_revision, modules=modules)
    html = sheet_html(sheet, design_for(sheet))
    assert "Module 39" in html
    assert "1 h 9 min" in html
    pages = lay_out(sheet).pages
    assert len(pages) > 2
    assert all(one.width < one.height for one in pages)


def test_a_template_is_looked_up_once_for_many_sheets(
    page: CoursePage, django_assert_num_queries: Any
) -> None:
    template = template_of(page, signatories=2)
    design_for(sheet_of(template_revision=template.live_revision))
    with django_assert_num_queries(0):
        design_for(sheet_of(template_revision_id=template.live_revision_id))


# --- written in the CMS ---------------------------------------------------------------------


@pytest.mark.parametrize("role", ["trainer", "reviewer", "officer", "learner"])
def test_nobody_but_administrators_gets_in(
    role: str, page: CoursePage, administrator: Client
) -> None:
    template = template_of(page)
    browser = sign_in(person(role))
    for address in (
        reverse("certificate_templates:list"),
        reverse("certificate_templates:edit", args=[template.pk]),
        reverse("sample_certificate", args=[template.pk, "usual"]),
    ):
        assert browser.get(address).status_code in (302, 403), address
    browser.post(reverse("certificate_templates:add"), form(name="Mine"))
    assert not CertificateTemplate.objects.filter(name="Mine").exists()


def test_an_administrator_writes_and_publishes_one(administrator: Client, page: CoursePage) -> None:
    published(
        administrator,
        heading_en="Diploma",
        heading_sr="Диплома",
        courses=inline_formset([{"course": page.pk}]),
        signatories=inline_formset(
            [{"name_en": "Ana Uzorković", "name_sr": "", "function_en": "", "function_sr": ""}]
        ),
        validity_months="24",
    )
    made = CertificateTemplate.objects.get()
    assert made.live
    assert template_for(course_key=page.translation_key, certificate_class="achievement") == made
    (hand,) = design_for(sheet_of(template_revision=made.live_revision)).hands
    assert hand.name.en == "Ana Uzorković"


def test_a_draft_with_a_slip_is_kept_but_not_published(administrator: Client) -> None:
    said = published(administrator, text_en="{grade}")
    assert "Below the course, in English: There is no placeholder {grade}." in said
    assert "There is no placeholder" in said
    assert "{grade}" in said
    assert not CertificateTemplate.objects.exists()

    post(administrator, text_en="{grade}")
    kept = CertificateTemplate.objects.get()
    assert not kept.live
    assert kept.get_latest_revision_as_object().text_en == "{grade}"


def test_words_that_run_over_the_page_are_not_published(administrator: Client) -> None:
    said = published(
        administrator,
        text_en="A line that says little.\n" * 30,
        text_sr="Ред који каже мало.\n" * 30,
    )
    assert "the words do not fit on the page" in said
    assert "Longest" in said
    assert not CertificateTemplate.objects.exists()


def test_words_in_one_language_alone_are_not_published(administrator: Client) -> None:
    said = published(administrator, text_en="For {name}")
    assert "Below the course, in English: write it in the other language too" in said
    assert not CertificateTemplate.objects.exists()


def test_a_course_that_is_chosen_twice_is_told(administrator: Client, page: CoursePage) -> None:
    twice = inline_formset([{"course": page.pk}, {"course": page.pk}])
    assert "stands here twice" in published(administrator, courses=twice)
    assert not CertificateTemplate.objects.exists()


def test_two_templates_for_the_same_are_refused(administrator: Client, page: CoursePage) -> None:
    template_of(page, name="The first", is_default=True)
    said = published(
        administrator,
        name="The second",
        is_default="on",
        courses=inline_formset([{"course": page.pk}]),
    )
    assert "“The first” is for every course already" in said
    assert "follows “The first” already" in said
    published(administrator, name="The third", certificate_class=ATTENDANCE, is_default="on")
    assert CertificateTemplate.objects.get(name="The third").live


def test_without_the_library_that_draws_it_says_so(
    page: CoursePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise OSError("libpango")

    monkeypatch.setattr("certificates.renderer.import_module", missing)
    assert "nothing can be laid out on this machine" in faults_of(template_of(page))[0]


def test_it_is_seen_while_it_is_written(administrator: Client, page: CoursePage) -> None:
    template = template_of(page, seal=picture())
    address = reverse("certificate_templates:preview_on_edit", args=[template.pk])
    administrator.post(address, form(heading_en="Diploma"))
    seen = administrator.get(f"{address}?mode=latin").content.decode()
    assert "Diploma" in seen
    assert "Ʒanel" in seen
    assert 'src="data:image/png;base64,' in seen
    assert 'src="data:image/svg+xml' in seen


def test_a_sample_is_a_file(administrator: Client, page: CoursePage) -> None:
    template = template_of(page)
    answer = administrator.get(reverse("sample_certificate", args=[template.pk, "long"]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert administrator.get(
        reverse("sample_certificate", args=[template.pk, "other"])
    ).status_code in (302, 404)


def test_a_draft_that_cannot_be_drawn_leads_back_with_the_reason(
    administrator: Client, page: CoursePage
) -> None:
    template = template_of(page)
    template.text_en = template.text_sr = "A line that says little.\n" * 40
    template.save_revision()
    address = reverse("sample_certificate", args=[template.pk, "usual"])
    said = administrator.get(address, follow=True).content.decode()
    assert "the words do not fit on the page" in said


def test_a_slip_is_seen_where_it_stands(administrator: Client, page: CoursePage) -> None:
    address = reverse("certificate_templates:preview_on_edit", args=[template_of(page).pk])
    administrator.post(address, form(text_en="Result: {grade}"))
    seen = administrator.get(f"{address}?mode=usual").content.decode()
    assert "Result: {grade}" in seen


def test_one_that_sheets_were_made_by_is_not_deleted(
    administrator: Client, page: CoursePage
) -> None:
    template = template_of(page)
    sheet_of(template_revision=template.live_revision).save()
    address = reverse("certificate_templates:delete", args=[template.pk])
    said = administrator.post(address, follow=True).content.decode()
    assert "Still in use, and therefore kept" in said
    assert "PTK-2026-0000001" in said
    assert CertificateTemplate.objects.exists()


# --- pictures -------------------------------------------------------------------------------


def uploaded(browser: Client, file: Any) -> str:
    return published(browser, seal=file)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_made_anew_and_kept_private(administrator: Client, kind: str) -> None:
    uploaded(administrator, picture(kind, size=(2000, 1000)))
    seal = CertificateTemplate.objects.get().seal
    with template_storage().open(seal.name) as file:
        image = Image.open(BytesIO(file.read()))
    assert (image.format, image.size) == ("PNG", (800, 400))
    edit = reverse("certificate_templates:edit", args=[CertificateTemplate.objects.get().pk])
    seen = administrator.get(edit).content.decode()
    assert 'src="data:image/png;base64,' in seen
    assert seal.name not in seen


@pytest.mark.parametrize(
    ("kind", "fault"), [("GIF", "Choose a PNG or a JPEG."), ("TIFF", "Choose a PNG or a JPEG.")]
)
def test_other_kinds_of_pictures_are_refused(administrator: Client, kind: str, fault: str) -> None:
    file = picture("JPEG")
    image = BytesIO()
    Image.open(file).save(image, kind)
    image.name = f"seal.{kind.lower()}"
    image.seek(0)
    assert fault in uploaded(administrator, image)


def test_what_is_no_picture_is_refused(administrator: Client) -> None:
    file = BytesIO(b"<svg onload='alert(1)'/>")
    file.name = "seal.png"
    assert "Upload a valid image" in uploaded(administrator, file)
    assert not CertificateTemplate.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "exports/2026.csv",
        "certificate-templates/../exports/2026.csv",
        "certificate-templates/deeper/seal.png",
    ],
)
def test_the_renderer_reads_no_other_private_file(path: str) -> None:
    template_storage().save("exports/2026.csv", ContentFile(b"private"))
    with pytest.raises((FileNotFoundError, SuspiciousFileOperation)):
        OwnFilesOnly().fetch(f"https://static.invalid/{path}")
