"""What may not leave: small cells of the statistics, and whatever would tell of them."""

from dataclasses import replace
from uuid import UUID

from assessments.models import SurveyKind
from reports.aggregates import Figures
from reports.small_cells import hidden_in_lines
from reports.statistics.articles import articles, numbers_in
from reports.statistics.gain import Gained, _shown
from reports.statistics.mapped import ALL, _hidden
from reports.statistics.passing import Sat, passed_by
from reports.statistics.reach import _tracks
from reports.statistics.survey_tables import Said, _Question, survey_tables
from reports.statistics.tables import HIDDEN
from reports.statistics.weak_spots import Answered, weak_spots

COURSE = UUID(int=1)
QUESTION, OTHER = UUID(int=2), UUID(int=3)


def test_in_no_line_is_a_cell_hidden_alone() -> None:
    counts = {"a": 2, "b": 30, "c": 20, "all": 52}
    assert hidden_in_lines(counts, [["a", "b", "c"]]) == {"a", "c"}
    # A sum that is a cell itself keeps what is hidden, too.
    assert hidden_in_lines(counts, [["a", "all"]]) == {"a", "all"}
    # What is hidden for one line must be safe in the next.
    counts = {"a": 2, "b": 30, "c": 20, "d": 40}
    assert hidden_in_lines(counts, [["a", "b"], ["b", "c"], ["c", "d"]]) == set("abcd")
    assert hidden_in_lines({"a": 0, "b": 7}, [["a", "b"]]) == set()
    assert hidden_in_lines({"a": 3, "b": 7}, [], {"a": ["b"]}) == {"a", "b"}


def sat(profession: str, taken: int, first: int, end: int) -> Sat:
    return Sat(profession, COURSE, taken, taken, first, end)


def test_the_few_who_failed_are_not_told_by_those_who_passed() -> None:
    found = passed_by(
        [sat("a", 40, 30, 38), sat("b", 40, 20, 30), sat("c", 40, 30, 32)], lambda s: s.profession
    )
    told = {one.key: (one.taken, one.first_rate, one.end_rate) for one in found}
    assert told["a"] == (None, 75, None), "two never passed, and completions stand beside it"
    assert told["b"] == (40, 50, 75)
    # Two passed later: not both of what was passed at once and in the end.
    assert told["c"] == (None, 75, None)


def test_a_profession_of_few_has_no_rates() -> None:
    few, many = passed_by([sat("a", 3, 3, 3), sat("b", 40, 20, 20)], lambda s: s.profession)
    assert (few.taken, few.first_rate, few.end_rate) == (None, None, None)
    assert (many.taken, many.first_rate, many.end_rate) == (40, 50, 50)
    [untold] = passed_by([sat("b", 40, 20, 20)], lambda s: s.profession, ["b"])
    assert (untold.taken, untold.first_rate) == (None, 50)


def test_a_track_tells_no_more_than_its_professions() -> None:
    def group(key: str, persons: int | None, completed: int | None) -> Figures:
        return Figures(key, persons, persons, completed, completed, None)

    professions = [group("judge", 20, None), group("trainee", 30, 10), group("police", None, None)]
    professions.append(group("lawyer", None, None))
    tracks = [group("", 6, 6), group("justice", 50, 15), group("police", 9, 9)]
    of = {"judge": "justice", "trainee": "justice", "police": "police"}
    lawyers, justice, police = _tracks(tracks, professions, of, group("", 65, 30))
    assert (justice.persons, justice.persons_completed) == (50, None)
    assert (lawyers.persons, police.persons) == (None, None)


def test_a_track_that_is_everybody_says_what_the_headline_says() -> None:
    professions = [Figures("judge", None, None, None, None, None)] * 2
    everybody = Figures("justice", 12, 12, 6, 6, None)
    of = {"judge": "justice"}
    assert _tracks([everybody], professions, of, replace(everybody, key="")) == [everybody]
    untold = Figures("", 12, 12, None, None, None)
    assert _tracks([everybody], professions, of, untold) == [replace(untold, key="justice")]


def survey(is_scale: bool, *counts: int, unanswered: int = 0) -> list[list[object]]:
    """Return the rows of a survey with one question, answered so often in each way."""
    keys = [str(number) for number in range(1, len(counts) + 1)]
    one = _Question("How?", is_scale, dict(zip(keys, counts, strict=True)), {k: k for k in keys})
    one.unanswered = unanswered
    said = Said(SurveyKind.PULSE, sum(counts) + unanswered, [one])
    [table] = survey_tables(said)
    return [list(row) for row in table.rows]


def test_what_few_chose_in_a_survey_is_hidden_with_what_would_tell_it() -> None:
    rows = survey(False, 20, 3, 9, 0)
    assert [row[2] for row in rows] == [20, HIDDEN, HIDDEN, 0]
    assert [row[3] for row in rows] == [62.5, HIDDEN, HIDDEN, 0]
    # All but two chose the first; two left it open, which the others would tell.
    assert [row[2] for row in survey(False, 38, 2)] == [HIDDEN, HIDDEN]
    assert [row[2] for row in survey(False, 20, 10, unanswered=2)] == [20, HIDDEN]


def test_a_scale_does_not_tell_of_the_few_who_disagree() -> None:
    assert survey(True, 0, 0, 2, 8, 10) == [["How?", 20, HIDDEN, HIDDEN]]
    assert survey(True, 0, 0, 5, 5, 10) == [["How?", 20, 75, 4.25]]
    assert survey(True, 0, 0, 0, 10, 10, unanswered=1) == [["How?", HIDDEN, 100, 4.5]]


def gained(count: int) -> Gained:
    return Gained(count, count * 0.2, count * 0.6)


def test_an_objective_of_few_is_not_told_by_its_article() -> None:
    objectives = {"consent": gained(3), "elements": gained(20), "myths": gained(30)}
    found = _shown(
        gained(30),
        objectives,
        {4: gained(20)},
        {"consent": [4], "elements": [4], "myths": []},
    )
    assert found.objectives["consent"] is None
    assert found.objectives["elements"] is None
    assert found.objectives["myths"]
    assert found.articles[4]


def test_three_pairs_are_no_gain() -> None:
    found = _shown(gained(3), {"consent": gained(3)}, {}, {})
    assert (found.count, found.whole, found.objectives) == (0, None, {"consent": None})


def test_who_learned_all_before_could_gain_nothing() -> None:
    assert Gained(10, 10.0, 10.0).normalised is None


def test_courses_among_others_do_not_tell_of_what_only_those_have() -> None:
    sets = [frozenset({COURSE}), frozenset({COURSE, UUID(int=9)})]
    # Two judges have completed the other course alone.
    cells = {(0, "judge"): 30, (1, "judge"): 32, (0, "police"): 40, (1, "police"): 40}
    cells |= {(0, ALL): 70, (1, ALL): 72}
    hidden = _hidden(cells, sets, ["judge", "police", ALL])
    shown = {key for key in cells if key not in hidden}
    assert not {(0, "judge"), (1, "judge")} <= shown
    assert not {(0, ALL), (1, ALL)} <= shown


def test_what_is_hidden_of_a_profession_above_is_hidden_by_article() -> None:
    cells = {(0, "judge"): 20, (0, "police"): 40, (0, "social"): 30, (0, ALL): 90}
    hidden = _hidden(cells, [frozenset({COURSE})], ["judge", "police", "social", ALL], ["judge"])
    assert {key for key in cells if key in hidden} == {(0, "judge"), (0, "social")}


def first(profession: str, question: UUID, people: int, score: float) -> Answered:
    return Answered(profession, COURSE, question, people, people, score)


def test_others_are_all_less_oneself_and_must_not_be_few() -> None:
    about = {QUESTION: "consent"}
    spots = weak_spots(
        [first("a", QUESTION, 30, 0.3), first("b", QUESTION, 30, 0.9), first("c", QUESTION, 3, 1)],
        about,
    )
    assert {spot.profession for spot in spots} != {"a", "b"}
    both = [first("a", QUESTION, 30, 0.3), first("b", QUESTION, 30, 0.9)]
    assert {(s.profession, s.question) for s in weak_spots(both, about)} == {
        ("a", QUESTION),
        ("a", None),
    }


def test_chance_and_a_small_difference_are_no_weak_spots() -> None:
    about = {QUESTION: "consent", OTHER: "elements"}
    by_chance = [first("a", QUESTION, 10, 0.6), first("b", QUESTION, 10, 0.8)]
    small = [first("a", OTHER, 5000, 0.75), first("b", OTHER, 5000, 0.84)]
    assert weak_spots([*by_chance, *small], about) == []


def test_articles_are_cited_in_several_ways() -> None:
    assert numbers_in("4(c), 10-12") == [4, 10, 11, 12]
    assert numbers_in("4(a)") == [4]
    assert numbers_in("12, 13") == [12, 13]
    assert numbers_in("") == []
    numbers = [one.number for one in articles()]
    assert numbers == sorted(set(numbers))
    assert all(one.en and one.sr for one in articles())
