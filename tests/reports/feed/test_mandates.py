"""A copy follows the mandate: what is no longer covered is taken back, what is new comes."""

from collections.abc import Callable
from datetime import datetime

import pytest

from people.models import Mandate, User
from tests.factories.people import InstitutionFactory
from tests.reports.conftest import Justice
from tests.reports.copies import Copy
from tests.reports.feed.told import MARKS, narrowed, same
from tests.support import complete

pytestmark = MARKS


def test_nothing_is_told_of_what_the_mandate_never_covered(
    justice: Justice, copy: Copy, at: datetime
) -> None:
    complete(justice.learner(institution=justice.ministry), justice.course, at)
    assert copy.pull() == []
    complete(justice.learner(institution=justice.ministry), justice.course, at)
    justice.learner(profession=justice.officer)
    assert copy.pull() == []


def test_who_completes_elsewhere_leaves_a_tombstone(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    moved, stays = justice.learner(), justice.learner()
    copy.pull()
    User.objects.filter(actor=moved.learner).update(institution=justice.ministry)
    complete(moved, justice.course, at)
    came = copy.pull()
    gone = [entry for entry in came if entry["completion"] is None]
    assert {entry["enrolment"] for entry in gone} == {str(moved.pk)}
    assert {entry["change"] for entry in gone} == {"withdrawn_from_scope"}
    assert {(entry["reason"], entry["author"]) for entry in gone} == {(None, None)}
    assert copy.held.keys() == {str(stays.pk)}
    assert same(copy, mandate)


def moved_away(justice: Justice, mandate: Mandate) -> None:
    """The court comes under another ministry."""
    justice.council.refresh_from_db()
    tribunal = InstitutionFactory(parent=justice.council)
    mandate.institutions.set([justice.court, tribunal])


@pytest.mark.parametrize("change", [narrowed, moved_away])
def test_what_a_mandate_no_longer_covers_is_taken_back(
    justice: Justice,
    copy: Copy,
    mandate: Mandate,
    change: Callable[[Justice, Mandate], None],
) -> None:
    below, above = justice.learner(), justice.learner(institution=justice.council)
    copy.pull()
    change(justice, mandate)
    assert copy.told() == [(str(above.pk), "withdrawn_from_scope")]
    assert copy.held.keys() == {str(below.pk)}
    assert same(copy, mandate)
    assert copy.told() == []


def test_an_institution_that_moves_takes_its_rows_along(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    enrolment, other = justice.learner(), justice.learner(institution=justice.ministry)
    copy.pull()
    justice.court.refresh_from_db()
    justice.ministry.refresh_from_db()
    justice.court.move(justice.ministry, pos="last-child")
    assert copy.told() == [(str(enrolment.pk), "withdrawn_from_scope")]
    justice.council.refresh_from_db()
    justice.ministry.refresh_from_db()
    justice.ministry.move(justice.council, pos="last-child")
    assert dict(copy.told()) == {str(enrolment.pk): "new", str(other.pk): "new"}
    assert same(copy, mandate)


def test_professions_come_and_go_with_the_mandate(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    judge, officer = justice.learner(), justice.learner(profession=justice.officer)
    copy.pull()
    mandate.professions.set([justice.officer])
    told = {str(judge.pk): "withdrawn_from_scope", str(officer.pk): "new"}
    assert dict(copy.told()) == told
    assert same(copy, mandate)


def test_another_right_brings_every_row_again(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    enrolment = complete(justice.learner(), justice.course, at)
    copy.pull()
    key = str(enrolment.pk)
    for identified, exact in ((True, True), (False, False)):
        Mandate.objects.update(identified=identified, exact_results=exact)
        assert copy.told() == [(key, "changed")]
        assert (copy.held[key]["name"] is not None) == identified
        assert (copy.held[key]["result"] is not None) == exact
        assert same(copy, mandate)


def test_a_scope_that_changes_while_a_copy_is_brought_up_to_it(
    justice: Justice, copy: Copy, mandate: Mandate
) -> None:
    """What came under a scope that was left half-way does not stay either."""
    courts = [justice.learner() for _ in range(4)]
    ministry = [justice.learner(institution=justice.ministry) for _ in range(4)]
    copy.pull()
    mandate.institutions.set([justice.ministry])
    copy.page(limit=3)
    other = InstitutionFactory()
    mandate.institutions.set([other])
    copy.pull(limit=3)
    assert copy.held == {}
    mandate.institutions.set([justice.council])
    copy.pull(limit=3)
    assert copy.held.keys() == {str(enrolment.pk) for enrolment in courts}
    assert not copy.held.keys() & {str(enrolment.pk) for enrolment in ministry}
    assert same(copy, mandate)


def test_who_left_a_scope_before_it_changed_is_taken_back_as_well(
    justice: Justice, copy: Copy, mandate: Mandate, at: datetime
) -> None:
    moved = justice.learner()
    copy.pull()
    User.objects.filter(actor=moved.learner).update(institution=justice.ministry)
    complete(moved, justice.course, at)
    mandate.institutions.set([InstitutionFactory()])
    copy.pull()
    assert copy.held == {}
