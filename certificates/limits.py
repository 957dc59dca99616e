"""Codes cannot be guessed; trying many is slowed down all the same."""

from django.core.cache import cache
from django.http import HttpRequest

CHECKS_PER_MINUTE = 30


def too_many_checks(request: HttpRequest) -> bool:
    """Return whether this address has asked for more than 30 codes within a minute."""
    key = f"verify:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) > CHECKS_PER_MINUTE
    except ValueError:  # the minute ended between the two lines
        return False
