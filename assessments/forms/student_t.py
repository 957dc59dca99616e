"""Student's t: how far a mean of few may lie from what it estimates.

Sources: NIST Digital Library of Mathematical Functions, 8.17(v) (the continued fraction of the
incomplete beta function), evaluated as Lentz does (Applied Optics 15, 668, 1976); Abramowitz and
Stegun, 26.7.1 (the distribution of t by that function).
"""

from functools import cache
from math import exp, lgamma, log

_TINY = 1e-300
_STEPS = 10_000
_CLOSE = 1e-15


@cache
def quantile(share: float, freedom: float) -> float:
    """Return the t below which lies this share of the distribution with so much freedom.

    `share` is above one half and below one; `freedom`, the degrees of it, need not be whole.
    """
    if not 0.5 < share < 1 or freedom <= 0:
        raise ValueError("There is no such quantile.")
    low, high = 0.0, 1.0
    while below(high, freedom) < share:
        low, high = high, high * 2
    while (middle := (low + high) / 2) not in (low, high):
        low, high = (middle, high) if below(middle, freedom) < share else (low, middle)
    return middle


def below(t: float, freedom: float) -> float:
    """Return the share of the distribution that lies below t, of 0 or more."""
    return 1 - incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b), for x from 0 to 1."""
    if x in (0.0, 1.0):
        return x
    # The fraction converges quickly on one side of the mean; the other is its mirror image.
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    return front / (a * _fraction(a, b, x))


def _fraction(a: float, b: float, x: float) -> float:
    """Return 1 + d1/(1 + d2/(1 + …)), DLMF 8.17.22, from the top down."""
    value, numerators, denominators = 1.0, 1.0, 0.0
    for step in range(1, _STEPS):
        part = _part(step, a, b, x)
        numerators = _apart_from_zero(1 + part / numerators)
        denominators = 1 / _apart_from_zero(1 + part * denominators)
        value *= numerators * denominators
        if abs(numerators * denominators - 1) < _CLOSE:
            break
    return value


def _part(step: int, a: float, b: float, x: float) -> float:
    m = step // 2
    if step % 2:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))


def _apart_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
