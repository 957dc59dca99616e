"""What is hidden: figures about one to four people, and what would give them away."""

from hypothesis import given
from hypothesis import strategies as st

from reports.small_cells import FEWEST, hidden, hidden_in_table

LINES = st.lists(st.integers(0, 30), min_size=1, max_size=8)


def test_zero_and_five_are_shown() -> None:
    assert hidden([0, 5, 12]) == set()


def test_one_small_figure_takes_the_smallest_other_with_it() -> None:
    assert hidden([20, 3, 9]) == {1, 2}


def test_two_small_figures_hide_each_other_if_they_are_five_together() -> None:
    assert hidden([20, 2, 3]) == {1, 2}
    assert hidden([20, 1, 1]) == {0, 1, 2}


@given(LINES)
def test_no_hidden_figure_can_be_worked_out_from_the_sum(counts: list[int]) -> None:
    places = hidden(counts)
    assert all(place in places for place, count in enumerate(counts) if 0 < count < FEWEST)
    if places and len([count for count in counts if count]) > 1:
        assert len(places) > 1
        whole = len(places) == len([count for count in counts if count])
        assert whole or sum(counts[place] for place in places) >= FEWEST


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=5
        )
    )
)
def test_no_hidden_cell_stands_alone_in_its_row_or_column(rows: list[list[int]]) -> None:
    cells = hidden_in_table(rows)
    for lines, found in (
        (rows, cells),
        (list(zip(*rows, strict=True)), {(c, r) for r, c in cells}),
    ):
        for number, line in enumerate(lines):
            places = {place for at, place in found if at == number}
            counted = [place for place, count in enumerate(line) if count]
            assert not places or len(places) > 1 or len(counted) == 1
