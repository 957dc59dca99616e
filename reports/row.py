"""The completion row: the one definition of what a completion report says."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from certificates.models import ACHIEVEMENT, ATTENDANCE
from reports.columns import Right, Shown, Source, column, columns_of
from reports.filters import LANGUAGES, STATUSES


@dataclass(frozen=True)
class CompletionRow:
    """One enrolment as reported. Moments are aware; words are in the active language.

    Each state has its moment: enrolled, started, failed, passed, completed, certified, withdrawn,
    revoked, and the last day before a certificate expires. Nobody is nominated: there is no such
    event on this site, whoever is enrolled has enrolled.
    """

    enrolment: UUID = column(
        _("Enrolment"),
        _("Key of the enrolment (the xAPI registration). One row each."),
        source=Source.LOG,
    )
    person: str = column(
        _("Person key"),
        _("Key of the person, the same in every row for this mandate, another for every other."),
        source=Source.LOG,
        shown=Shown.TYPED,
        place=900,
    )
    name: str | None = column(
        _("Name"),
        _("Name as the person wrote it, in the script of the report; empty once erased."),
        source=Source.JOINED,
        right=Right.IDENTIFIED,
        shown=Shown.TYPED,
        place=10,
    )
    email: str | None = column(
        _("Official e-mail"),
        _("Official e-mail address of the person; empty once erased."),
        source=Source.JOINED,
        right=Right.IDENTIFIED,
        shown=Shown.TYPED,
        place=800,
    )
    personnel_number: str | None = column(
        _("Personnel number"),
        _("Number of the person at the institution, where it was given. Never the JMBG."),
        source=Source.JOINED,
        right=Right.IDENTIFIED,
        shown=Shown.TYPED,
        place=810,
    )
    profession: str = column(
        _("Profession key"),
        _("Key of the profession at completion, or else at enrolment."),
        source=Source.LOG,
    )
    profession_name: str = column(
        _("Profession"),
        _("Name of the profession at completion, or else at enrolment."),
        source=Source.JOINED,
        shown=Shown.SITE,
        place=60,
    )
    institution: UUID | None = column(
        _("Institution key"),
        _("Key of the institution at completion, or else at enrolment."),
        source=Source.LOG,
    )
    institution_name: str = column(
        _("Institution"),
        _("Name of the institution at completion, or else at enrolment."),
        source=Source.JOINED,
        shown=Shown.SITE,
        place=50,
    )
    institution_now: UUID | None = column(
        _("Key of the institution now"),
        _("Key of the institution to which the person belongs today; empty once erased."),
        source=Source.JOINED,
    )
    institution_now_name: str = column(
        _("Institution now"),
        _("Name of the institution to which the person belongs today."),
        source=Source.JOINED,
        shown=Shown.SITE,
        place=180,
    )
    function: str = column(
        _("Function key"),
        _("Key of the function at the institution at completion, or until then at enrolment."),
        source=Source.LOG,
    )
    function_name: str = column(
        _("Function"),
        _("Name of the function at completion, or until then at enrolment; not everybody has one."),
        source=Source.JOINED,
        shown=Shown.SITE,
        place=65,
    )
    function_now: str = column(
        _("Key of the function now"),
        _("Key of the function that the person has today; empty once erased."),
        source=Source.JOINED,
    )
    function_now_name: str = column(
        _("Function now"),
        _("Name of the function that the person has today."),
        source=Source.JOINED,
        shown=Shown.SITE,
        place=185,
    )
    course: UUID = column(_("Course key"), _("Permanent key of the course."), source=Source.LOG)
    course_name: str = column(
        _("Course"),
        _("Title of the course as it is called today."),
        source=Source.JOINED,
        shown=Shown.SITE,
        place=40,
    )
    edition: int = column(
        _("Edition"),
        _("Edition of the course: the frozen outline, rule and hours that were promised."),
        source=Source.LOG,
        place=90,
    )
    cohort: str = column(
        _("Cohort"),
        _("Name of the cohort as its tutor typed it, or empty."),
        source=Source.JOINED,
        shown=Shown.TYPED,
        place=80,
    )
    cohort_key: UUID | None = column(
        _("Cohort key"), _("Key of the cohort, if there is one."), source=Source.LOG
    )
    status: str = column(
        _("Status key"),
        _("Key of the state of the enrolment."),
        source=Source.LOG,
        values=tuple(STATUSES),
    )
    status_name: str = column(
        _("Status"),
        _("State of the enrolment in words."),
        source=Source.JOINED,
        shown=Shown.SITE,
        place=20,
    )
    enrolled_at: datetime | None = column(
        _("Enrolled on"), _("When the person enrolled."), source=Source.LOG, place=70
    )
    started_at: datetime | None = column(
        _("Started on"),
        _("When the person first did something in the course."),
        source=Source.LOG,
        place=150,
    )
    failed_at: datetime | None = column(
        _("Failed on"),
        _("When a test whose score is the result was last failed; it may have been passed since."),
        source=Source.LOG,
        place=160,
    )
    passed_at: datetime | None = column(
        _("Passed on"),
        _("When every test whose score is the result had been passed."),
        source=Source.LOG,
        place=155,
    )
    completed_at: datetime | None = column(
        _("Completed on"),
        _("When the completion rule of the edition was met."),
        source=Source.LOG,
        place=30,
    )
    withdrawn_at: datetime | None = column(
        _("Withdrawn on"), _("When the person left the course."), source=Source.LOG, place=170
    )
    nominal_hours: float | None = column(
        _("Nominal hours"), _("Hours that the edition promises."), source=Source.EDITION
    )
    hours: float | None = column(
        _("Hours"), _("Credited hours, once completed."), source=Source.LOG, place=100
    )
    credited_by_edition: int | None = column(
        _("Credited by edition"),
        _("Edition whose rule credited the hours, once completed."),
        source=Source.LOG,
    )
    language: str | None = column(
        _("Language key"),
        _("Key of the language in which the course was completed; empty until then."),
        source=Source.LOG,
        values=tuple(LANGUAGES),
    )
    language_name: str = column(
        _("Language of training"),
        _("Language in which the course was completed, in words."),
        source=Source.JOINED,
        shown=Shown.SITE,
        place=105,
    )
    certificate_class: str = column(
        _("Certificate class key"),
        _("Key of the class to which the rule leads: with or without a test."),
        source=Source.EDITION,
        values=(ACHIEVEMENT, ATTENDANCE),
    )
    certificate_class_name: str = column(
        _("Certificate class"),
        _("Class to which the rule leads, in words."),
        source=Source.JOINED,
        shown=Shown.SITE,
        place=110,
    )
    score_band: str = column(
        _("Score band"),
        _("Ten per cent in which the result lies, once completed, or empty."),
        source=Source.LOG,
        place=35,
    )
    result: float | None = column(
        _("Result, per cent"),
        _("Result in per cent, once completed."),
        source=Source.LOG,
        right=Right.EXACT,
        place=36,
    )
    certificate: str = column(
        _("Certificate"),
        _("Serial of the newest certificate, also when it was revoked, or empty."),
        source=Source.REGISTER,
        shown=Shown.TYPED,
        place=120,
    )
    certified_at: datetime | None = column(
        _("Certificate issued on"),
        _("When the newest certificate was issued, also when it was revoked since."),
        source=Source.REGISTER,
        place=125,
    )
    certificate_valid_until: date | None = column(
        _("Valid until"),
        _("Last day on which the certificate is valid; empty if it does not expire."),
        source=Source.REGISTER,
        place=130,
    )
    certificate_revoked_at: datetime | None = column(
        _("Revoked on"),
        _("When the certificate was revoked."),
        source=Source.REGISTER,
        place=140,
    )


COLUMNS = columns_of(CompletionRow)
