"""Three hundred invented learners at work, from a fixed seed, by the site's own functions."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from assessments.attempts import start_attempt
from assessments.drafts import save_choice
from assessments.grading import submit_attempt
from assessments.models import QuizPage
from assessments.papers import frozen_questions
from config.demo.answering import right_answer, wrong_answer
from config.demo.files import key_of
from config.demo.names import invented_names
from courses.editions import current_edition
from courses.enrolment import enrol, withdraw
from courses.models import ActivityPage, Cohort, CoursePage, Enrolment, LessonPage
from courses.self_checks import answer_self_check
from courses.study import finish_lesson, start
from people.models import Function, Institution, Profession, User

SEED = 197
LEARNERS = 300
WEEKS = 10

# Profession, the institutions its people come from, and its share of the learners.
WORKPLACES = (
    (
        "police-officer",
        ("police-administration-a", "police-administration-b", "border-police-a"),
        28,
    ),
    ("judge", ("higher-court-a1", "higher-court-a2", "higher-court-b1", "basic-court-a1"), 12),
    ("prosecutor", ("higher-prosecution-a1", "higher-prosecution-a2", "higher-prosecution-b1"), 10),
    ("judicial-assistant", ("higher-court-a1", "higher-prosecution-a1"), 8),
    ("judicial-trainee", ("higher-court-b1", "basic-court-b1"), 5),
    ("social-worker", ("csw-a1", "csw-a2", "csw-b1"), 18),
    ("labour-inspector", ("labour-inspection-a", "labour-inspection-b"), 12),
    ("ngo", ("civil-society",), 4),
    ("lawyer", ("bar",), 3),
)

# Functions that several at one institution may have, and how many people have one at all.
_FUNCTIONS = {
    "police-officer": ("shift-leader", "head-of-department", "deputy-head"),
    "judge": ("mentor", "head-of-department"),
    "prosecutor": ("head-of-department", "mentor"),
    "social-worker": ("case-manager", "head-of-department"),
    "labour-inspector": ("head-of-department",),
}
_EVERY = 3


# What some of an invented profession have not understood, by the objective of a question: so
# much less often are they right.
_MISSED = {
    ("social-worker", "assistance-and-recovery"): 0.4,
    ("police-officer", "non-punishment"): 0.3,
    ("labour-inspector", "referral"): 0.3,
}


@dataclass(frozen=True)
class Course:
    """The course as a learner goes through it: what is required, in order, by language."""

    page: CoursePage
    activities: dict[str, list[ActivityPage]]
    cohorts: list[Cohort]


@dataclass(frozen=True)
class Story:
    """How far somebody gets: a share of the activities, or the quiz that is never passed."""

    share: float
    fails_at_quiz: int = 0
    tries: int = 1
    leaves: bool = False


_STORIES = (
    (Story(share=0.0), 10),
    (Story(share=0.15), 8),
    (Story(share=0.45), 12),
    (Story(share=0.8), 10),
    (Story(share=1.0), 46),
    (Story(share=1.0, fails_at_quiz=2, tries=2), 6),
    (Story(share=1.0, fails_at_quiz=5, tries=3), 4),
    (Story(share=0.3, leaves=True), 4),
)


def load_population(*, course: CoursePage, at: datetime) -> int:
    """Make the learners that are missing and let them study; return how many were made."""
    chance = random.Random(SEED)
    taken = _course(course, at)
    people = list(_people(chance))
    made = 0
    for user, workplace in people:
        story = chance.choices([s for s, _ in _STORIES], [w for _, w in _STORIES])[0]
        began = at - timedelta(days=chance.randint(8, WEEKS * 7), minutes=chance.randint(0, 600))
        cohort = taken.cohorts[0] if workplace.startswith("csw") else None
        if chance.random() < 0.15:
            cohort = taken.cohorts[1]
        own = random.Random(chance.random())
        if User.objects.filter(email=user.email).exists():
            continue
        with transaction.atomic():
            user.save()
            study(user, taken, story, cohort, began, own)
        made += 1
    return made


def _people(chance: random.Random) -> list[tuple[User, str]]:
    professions = {profession.key: profession for profession in Profession.objects.all()}
    institutions = {institution.key: institution for institution in Institution.objects.all()}
    functions = {function.key: function for function in Function.objects.all()}
    people = []
    for number, (cyrillic, latin) in enumerate(invented_names(LEARNERS, chance=chance), start=1):
        profession, workplaces, _ = chance.choices(WORKPLACES, [w for *_, w in WORKPLACES])[0]
        workplace = chance.choice(workplaces)
        institution = institutions[key_of(workplace)]
        user = User(
            email=f"learner{number}@example.org",
            password="!",  # nobody can sign in as one of these
            name_cyrillic=cyrillic,
            name_latin=latin,
            profession=professions[profession],
            institution=institution,
            function=functions.get(_function(profession, number)),
            municipality=institution.municipality,
            personnel_number=f"D{number:04d}" if chance.random() < 0.6 else "",
            language=chance.choice(["sr", "sr-latn", "sr", "en"]),
            is_demo=True,
        )
        people.append((user, workplace))
    return people


def _function(profession: str, number: int) -> str:
    """Return the function of the learner with this number, or an empty string."""
    known = _FUNCTIONS.get(profession, ())
    return known[number // _EVERY % len(known)] if known and number % _EVERY == 0 else ""


def _course(page: CoursePage, at: datetime) -> Course:
    return Course(
        page=page,
        activities=required_of(page),
        cohorts=[
            _cohort("Social work, autumn", page, at, weeks=(-9, 3)),
            _cohort("Joint group of four services", page, at, weeks=(-6, 6)),
        ],
    )


def required_of(page: CoursePage) -> dict[str, list[ActivityPage]]:
    """Return what is required in a course, in the order of study, in each of its languages."""
    pages = ActivityPage.objects.live().descendant_of(page).filter(required=True).order_by("path")
    required = list(pages.specific())
    keys = [activity.key for activity in required]
    spoken: dict[str, list[ActivityPage]] = {}
    for language in ("en", "sr"):
        found = ActivityPage.objects.live().filter(
            translation_key__in=keys, locale__language_code=language
        )
        words = {activity.key: activity for activity in found.specific()}
        spoken[language] = [words.get(activity.key, activity) for activity in required]
    return spoken


def _cohort(name: str, page: CoursePage, at: datetime, *, weeks: tuple[int, int]) -> Cohort:
    edition = current_edition(page.translation_key)
    if edition is None:
        raise LookupError(f"{page} has no edition: its import publishes one")
    cohort, _ = Cohort.objects.get_or_create(
        key=key_of(f"cohort {name}"),
        defaults={
            "name": name,
            "course_key": page.translation_key,
            "edition": edition.number,
            "starts_on": (at + timedelta(weeks=weeks[0])).date(),
            "ends_on": (at + timedelta(weeks=weeks[1])).date(),
            "enrolment_key": str(key_of(name)).replace("-", "")[:8].upper(),
        },
    )
    cohort.tutors.set(User.objects.filter(email="trainer@example.org"))
    return cohort


def study(
    user: User,
    course: Course,
    story: Story,
    cohort: Cohort | None,
    clock: datetime,
    chance: random.Random,
) -> None:
    """Let somebody enrol at `clock` and study as far as the story goes."""
    enrolment = enrol(user=user, course=course.page, cohort=cohort, at=clock)
    quizzes = 0
    activities = course.activities[user.language.partition("-")[0]]
    for page in activities[: round(len(activities) * story.share)]:
        clock += timedelta(hours=chance.choice([1, 2, 3, 20, 26]), minutes=chance.randint(0, 50))
        if isinstance(page, LessonPage):
            _read(enrolment, page, clock, chance)
        elif isinstance(page, QuizPage):
            quizzes += 1
            stuck = quizzes == story.fails_at_quiz
            if not _take(enrolment, page, clock, chance, tries=story.tries, stuck=stuck):
                return
    if story.leaves:
        withdraw(user=user, enrolment=enrolment, at=clock + timedelta(days=1))


def _read(enrolment: Enrolment, page: LessonPage, at: datetime, chance: random.Random) -> None:
    start(enrolment=enrolment, page=page, at=at)
    for block in page.body:
        if block.block_type == "self_check":
            options = block.value["options"].bound_blocks
            answer_self_check(
                enrolment=enrolment,
                page=page,
                block_id=block.id,
                choice=_pick([o.id for o in options if o.value["correct"]], options, chance),
                token=f"demo {block.id}",
                at=at + timedelta(minutes=6),
            )
    finish_lesson(enrolment=enrolment, page=page, at=at + timedelta(minutes=page.minutes))


def _pick(right: list[str], options: list[object], chance: random.Random) -> str:
    everything = [str(option.id) for option in options]  # type: ignore[attr-defined]
    return right[0] if chance.random() < 0.75 else chance.choice(everything)


def _take(
    enrolment: Enrolment,
    quiz: QuizPage,
    at: datetime,
    chance: random.Random,
    *,
    tries: int,
    stuck: bool,
) -> bool:
    """Take a quiz until it is passed; somebody stuck fails as often as `tries` says."""
    for turn in range(tries if stuck else quiz.attempts_allowed):
        began = at + timedelta(hours=turn * 3)
        knows = 0.3 if stuck else 0.84 + 0.08 * turn
        attempt = start_attempt(enrolment=enrolment, quiz=quiz, at=began, chance=chance)
        for question in frozen_questions(attempt):
            missed = _MISSED.get((enrolment.profession_key, question.objective), 0.0)
            sure = chance.random() < knows - missed
            save_choice(
                attempt=attempt,
                question_key=question.key,
                choices=right_answer(question) if sure else wrong_answer(question, chance),
                version=0,
                at=began + timedelta(minutes=3),
            )
        number, done_at = attempt.number, began + timedelta(minutes=9)
        attempt = submit_attempt(enrolment=enrolment, quiz=quiz, number=number, at=done_at)
        if attempt.passed and not stuck:
            return True
    return False
