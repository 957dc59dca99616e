"""What a mandate covers: subtrees, professions, days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from people.mandates import institution_keys, mandates_of, profession_keys
from people.models import Mandate
from tests.factories.people import (
    InstitutionFactory,
    MandateFactory,
    ProfessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_a_subtree_holds_all_that_is_below_and_nothing_beside() -> None:
    council, ministry = InstitutionFactory(), InstitutionFactory()
    region = InstitutionFactory(parent=council)
    court = InstitutionFactory(parent=region)
    InstitutionFactory(parent=ministry)
    assert institution_keys(MandateFactory(institutions=[council])) == {
        council.key,
        region.key,
        court.key,
    }
    assert institution_keys(MandateFactory(institutions=[court])) == {court.key}


def test_a_court_that_moves_takes_its_mandate_along() -> None:
    first, second = InstitutionFactory(), InstitutionFactory()
    court = InstitutionFactory(parent=first)
    mandate = MandateFactory(institutions=[second])
    court.move(second, pos="last-child")
    assert institution_keys(mandate) == {second.key, court.key}


def test_without_institutions_or_professions_there_is_nobody() -> None:
    mandate = MandateFactory()
    assert (institution_keys(mandate), profession_keys(mandate)) == (set(), set())


def test_any_number_of_subtrees_and_professions() -> None:
    councils = [InstitutionFactory(), InstitutionFactory()]
    professions = [ProfessionFactory(key=key) for key in ("judge", "prosecutor")]
    mandate = MandateFactory(institutions=councils, professions=professions)
    assert institution_keys(mandate) == {council.key for council in councils}
    assert profession_keys(mandate) == {"judge", "prosecutor"}


FROM, TO = date(2026, 11, 10), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        (datetime(2026, 11, 9, 22, 59, tzinfo=UTC), False),  # the evening before, in Belgrade
        (datetime(2026, 11, 9, 23, 0, tzinfo=UTC), True),  # midnight in Belgrade
        (datetime(2026, 11, 20, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 20, 23, 0, tzinfo=UTC), False),
    ],
)
def test_a_mandate_holds_from_the_first_day_to_the_last(moment: datetime, holds: bool) -> None:
    mandate = MandateFactory(valid_from=FROM, valid_to=TO)
    assert (mandates_of(user=mandate.holder, at=moment) == [mandate]) == holds


def test_an_open_mandate_does_not_end_and_is_nobody_elses(at: datetime) -> None:
    mandate = MandateFactory(valid_to=None)
    assert mandates_of(user=mandate.holder, at=at + timedelta(days=9999)) == [mandate]
    assert mandates_of(user=UserFactory(), at=at) == []


def test_a_mandate_belongs_to_a_person_or_to_a_machine() -> None:
    with pytest.raises(IntegrityError):
        Mandate.objects.create(name="nobody's", valid_from=FROM)
