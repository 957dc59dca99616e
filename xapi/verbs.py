"""The verbs, from the ADL vocabulary, cmi5 and the activity streams schema."""

from tincan import LanguageMap, Verb

ADL = "http://adlnet.gov/expapi/verbs/"


def _verb(iri: str, display: str) -> Verb:
    return Verb(id=iri, display=LanguageMap({"en": display}))


REGISTERED = _verb(ADL + "registered", "registered")
INITIALIZED = _verb(ADL + "initialized", "initialized")
PROGRESSED = _verb(ADL + "progressed", "progressed")
COMPLETED = _verb(ADL + "completed", "completed")
ATTEMPTED = _verb(ADL + "attempted", "attempted")
ANSWERED = _verb(ADL + "answered", "answered")
SUBMITTED = _verb("http://activitystrea.ms/submit", "submitted")
SCORED = _verb(ADL + "scored", "scored")
PASSED = _verb(ADL + "passed", "passed")
FAILED = _verb(ADL + "failed", "failed")
VOIDED = _verb(ADL + "voided", "voided")
SATISFIED = _verb("https://w3id.org/xapi/adl/verbs/satisfied", "satisfied")
EARNED = _verb("http://id.tincanapi.com/verb/earned", "earned")
REVOKED = _verb("http://activitystrea.ms/retract", "revoked")
LEFT = _verb("http://activitystrea.ms/leave", "left")
AUTHORIZED = _verb("http://activitystrea.ms/authorize", "authorized")
