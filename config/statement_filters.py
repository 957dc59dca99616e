"""What an administrator looks for in the log: the form, and the question it makes of it."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lrs.models import Credential
from lrs.searching import Filter, Query
from xapi import mentions, verbs
from xapi.data import V1, Malformed, check_actor, check_iri
from xapi.iris import ACTOR_HOME

OURS = "ours"
PAGE = 30
_VERBS = [
    verb.id
    for verb in vars(verbs).values()
    if isinstance(getattr(verb, "id", None), str) and verb.id.startswith("http")
]


class StatementFilters(forms.Form):
    """All fields are optional; what cannot be read is said beside its field."""

    agent = forms.CharField(
        label=_("Who"),
        required=False,
        help_text=_("An opaque id, an address with mailto:, or an agent as JSON."),
    )
    verb = forms.CharField(label=_("Verb"), required=False)
    activity = forms.CharField(label=_("Activity"), required=False)
    related = forms.BooleanField(
        label=_("also where the activity or the agent is only related"), required=False
    )
    registration = forms.UUIDField(label=_("Registration"), required=False)
    sender = forms.ChoiceField(label=_("Sent by"), required=False)
    since = forms.DateTimeField(label=_("Stored after"), required=False)
    until = forms.DateTimeField(label=_("Stored until"), required=False)
    statement = forms.UUIDField(label=_("Statement id"), required=False)
    ascending = forms.BooleanField(label=_("oldest first"), required=False)
    after = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        senders: list[tuple[str, Any]] = [("", _("everybody")), (OURS, _("this site"))]
        senders += [(str(one.pk), one.name) for one in Credential.objects.all()]
        sender = self.fields["sender"]
        assert isinstance(sender, forms.ChoiceField)  # noqa: S101 (as declared above)
        sender.choices = senders
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
        self.fields["verb"].widget.attrs["list"] = "known-verbs"
        self.known_verbs = _VERBS

    def clean_agent(self) -> int | None:
        """Return the key of the agent that was meant."""
        text = self.cleaned_data["agent"].strip()
        if not text:
            return None
        try:
            agent = _agent(text)
            check_actor(agent, V1)
        except (ValueError, Malformed) as error:
            raise forms.ValidationError(_("This does not name anybody.")) from error
        return mentions.key(mentions.AGENT, str(mentions.agent_identifier(agent)))

    def clean_verb(self) -> str:
        return self._iri("verb")

    def clean_activity(self) -> str:
        return self._iri("activity")

    def query(self) -> Query:
        """Return the question that a valid form asks."""
        data = self.cleaned_data
        sender = data["sender"]
        return Query(
            filters=tuple(self._filters()),
            since=data["since"],
            until=data["until"],
            ascending=data["ascending"],
            limit=PAGE,
            after=data["after"],
            credential=int(sender) if sender not in ("", OURS) else None,
            is_ours=sender == OURS,
            with_voided=True,
        )

    def _filters(self) -> list[Filter]:
        data, found = self.cleaned_data, []
        if data["registration"]:
            id_ = str(data["registration"])
            found.append(Filter(mentions.key(mentions.REGISTRATION, id_)))
        if data["agent"] is not None:
            found.append(Filter(data["agent"], data["related"]))
        if data["activity"]:
            key = mentions.key(mentions.ACTIVITY, data["activity"])
            found.append(Filter(key, data["related"]))
        if data["verb"]:
            found.append(Filter(mentions.key(mentions.VERB, data["verb"])))
        return found

    def _iri(self, name: str) -> str:
        text: str = self.cleaned_data[name].strip()
        if text:
            try:
                check_iri(text, name)
            except Malformed as error:
                raise forms.ValidationError(_("Write a whole address (IRI).")) from error
        return text


def _agent(text: str) -> dict[str, Any]:
    """Read what somebody typed: JSON, an address, or an opaque id. Raises ValueError."""
    if text.startswith("{"):
        agent: dict[str, Any] = json.loads(text)
        return agent
    if text.startswith("mailto:"):
        return {"mbox": text}
    return {"account": {"homePage": ACTOR_HOME, "name": text}}
