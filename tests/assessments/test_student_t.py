"""Student's t agrees with the tables, and with what can be worked by hand."""

from math import atan, pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.forms.student_t import below, incomplete_beta, quantile

# Of the tables of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
TABLE = {
    1: (6.314, 12.706, 63.657),
    2: (2.920, 4.303, 9.925),
    4: (2.132, 2.776, 4.604),
    9: (1.833, 2.262, 3.250),
    22: (1.717, 2.074, 2.819),
    30: (1.697, 2.042, 2.750),
    60: (1.671, 2.000, 2.660),
    100: (1.660, 1.984, 2.626),
}


@pytest.mark.parametrize("freedom", TABLE)
def test_it_agrees_with_the_tables(freedom: int) -> None:
    found = [round(quantile(share, freedom), 3) for share in (0.95, 0.975, 0.995)]
    assert found == list(TABLE[freedom])


def test_with_much_freedom_it_is_the_normal_distribution() -> None:
    assert quantile(0.975, 1_000_000) == pytest.approx(1.959964, abs=3e-6)


@given(st.floats(0.51, 0.999))
def test_with_a_freedom_of_one_or_two_there_are_formulas(share: float) -> None:
    """One: below(t) = 1/2 + atan(t)/π. Two: t = (2p - 1) / sqrt(2p(1 - p))."""
    assert 0.5 + atan(quantile(share, 1)) / pi == pytest.approx(share, abs=1e-12)
    by_hand = (2 * share - 1) / sqrt(2 * share * (1 - share))
    assert quantile(share, 2) == pytest.approx(by_hand, rel=1e-9)


@given(st.floats(0.55, 0.999), st.floats(0.5, 500))
def test_the_quantile_undoes_the_distribution(share: float, freedom: float) -> None:
    assert below(quantile(share, freedom), freedom) == pytest.approx(share, abs=1e-10)


def test_the_beta_function_as_worked_by_hand() -> None:
    """I_x(2, 3) = 6x² - 8x³ + 3x⁴: at .4 it is .96 - .512 + .0768 = .5248."""
    assert incomplete_beta(2, 3, 0.4) == pytest.approx(0.5248, abs=1e-12)
    assert incomplete_beta(3, 2, 0.6) == pytest.approx(1 - 0.5248, abs=1e-12)
    assert (incomplete_beta(2, 3, 0.0), incomplete_beta(2, 3, 1.0)) == (0.0, 1.0)


@pytest.mark.parametrize(("share", "freedom"), [(0.5, 3), (1.0, 3), (0.975, 0), (0.2, 3)])
def test_what_has_no_answer_is_refused(share: float, freedom: float) -> None:
    with pytest.raises(ValueError, match="no such quantile"):
        quantile(share, freedom)
