"""Tell a learner by letter that a result is there which did not come at once."""

from django_tasks import task

from assessments.models import Attempt, QuizPage
from lrs.events import Event
from lrs.models import Statement
from lrs.reactions import Reaction
from people.actors import people_of
from people.letters import send_letter
from xapi import types, verbs


@task()
def tell_verdict(statement_id: str) -> None:
    """Write to the learner of a late verdict; set in motion by its statement."""
    event = Event.of(Statement.objects.get(id=statement_id))
    if event.registration is None or "finished-at" not in event.facts:
        return
    learner = people_of([event.actor]).get(event.actor)
    attempt = Attempt.objects.filter(
        registration=event.registration, quiz_key=event.key, number=event.facts["attempt"]
    ).first()
    if learner is None or attempt is None:
        return
    pages = {
        page.locale.language_code: page
        for page in QuizPage.objects.filter(translation_key=event.key).select_related("locale")
    }
    quiz = pages.get(learner.language.partition("-")[0]) or pages.get("en")
    if quiz:
        is_changed = "replaces" in event.facts
        context = {"quiz": quiz, "attempt": attempt, "is_changed": is_changed}
        send_letter(to=learner, template="assessments/mail/verdict", context=context)


REACTIONS = tuple(
    Reaction(
        name=f"tell {verb.display['en']}",
        verb=verb.id,
        activity_type=types.ASSESSMENT,
        task=tell_verdict,
    )
    for verb in (verbs.PASSED, verbs.FAILED)
)
