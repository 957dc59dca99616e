"""Which version of xAPI a request speaks (1.0.3 Communication 3.3, IEEE 9274.1.1 4.1.7)."""

import re

from django.conf import settings

from lrs.refusals import Refusal
from xapi.data import V1, V2

SUPPORTED = (V1, V2)
_V1, _V2 = re.compile(r"1\.0(\.\d+)?"), re.compile(r"2\.0(\.\d+)?")
# Mounts that speak one version only, for clients whose header cannot be set.
FIXED = {"1.0.3": V1, "2.0": V2}

_WITHOUT_VERSION = ("about", "openapi.json")


class WrongVersion(Refusal):
    """A version that this store, or this mount, does not speak."""


def version_named(header: str | None) -> str | None:
    """Return the data model behind a version header, None where there is none such."""
    if header is None:
        return None
    if _V1.fullmatch(header.strip()):
        return V1
    return V2 if _V2.fullmatch(header.strip()) else None


def answered(header: str | None, fixed: str | None) -> str:
    """Return the version with which to answer, also where the request is refused."""
    if fixed:
        return FIXED[fixed]
    default: str = settings.LRS_DEFAULT_VERSION
    return version_named(header) or default


def negotiated(header: str | None, fixed: str | None, resource: str) -> str:
    """Return the version in which to understand a request. Raises WrongVersion."""
    if resource in _WITHOUT_VERSION:
        return answered(header, fixed)
    version = version_named(header)
    if version is None or (fixed and FIXED[fixed] != version):
        wanted = FIXED[fixed] if fixed else " or ".join(SUPPORTED)
        raise WrongVersion(f"set the header X-Experience-API-Version to {wanted}")
    return version
