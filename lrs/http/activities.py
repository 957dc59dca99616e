"""The Activities Resource: what is known of an activity.

Source: xAPI 1.0.3 Communication 2.5, IEEE 9274.1.1 4.1.6.4.
"""

from typing import Any

from lrs.access import Scope
from lrs.bounds import check_document
from lrs.dictionary import definition_of
from lrs.http.answers import Answer, as_json
from lrs.http.exchange import Exchange
from lrs.http.parameters import activity_in

# Whoever may read statements, or keep documents of an activity, may know what it is called.
_READERS = (
    Scope.ALL_READ.value,
    Scope.READ.value,
    Scope.READ_MINE.value,
    Scope.STATE.value,
    Scope.PROFILE.value,
    Scope.DEFINE.value,
)


def respond(exchange: Exchange) -> Answer:
    """Return the Activity with all that statements said of it; bare, if that is nothing."""
    exchange.allow("GET")
    exchange.who.require(*_READERS)
    exchange.only(need=("activityId",))
    iri = activity_in(exchange)
    check_document(exchange.who, activity=iri, agent=None, registration=None)
    activity: dict[str, Any] = {"objectType": "Activity", "id": iri}
    definition = definition_of(iri)
    return as_json(activity | {"definition": definition} if definition else activity)
