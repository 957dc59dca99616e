"""The keys of a machine client in the CMS: an administrator makes, renews and revokes them.

What a key is stands in the answer to the click that made it, and in nothing else: no message, no
session, no page to come back to.
"""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.log_actions import LogActionRegistry, log

from people.clients import MOST_AT_ONCE, Issued, TooManyKeys, issue_key, revoke_key, valid_keys
from people.models import ClientKey, MachineClient

ISSUED, REVOKED = "people.key.issue", "people.key.revoke"
_DAYS = 14
_ANOTHER: dict[str, str | Promise] = {
    ClientKey.Kind.SECRET: gettext_lazy("New client secret"),
    ClientKey.Kind.TOKEN: gettext_lazy("New long-lived token"),
}


def register_key_actions(actions: LogActionRegistry) -> None:
    """Name in the history what is done to the keys of a client."""
    actions.register_action(ISSUED, gettext_lazy("New key"), gettext_lazy("Got a new key"))
    actions.register_action(REVOKED, gettext_lazy("Revoke a key"), gettext_lazy("Lost a key"))


class NewKeyForm(forms.Form):
    """Until when the new key is valid, and how long the old one serves beside it."""

    expires_at = forms.DateTimeField(
        label=gettext_lazy("The new one is valid until"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=gettext_lazy("Empty: until it is revoked."),
    )
    old_days = forms.IntegerField(
        label=gettext_lazy("The old one stays valid for so many days"),
        min_value=0,
        max_value=365,
        initial=_DAYS,
        help_text=gettext_lazy(
            "Time in which the new one is entered in the other system. 0: it ends at once."
        ),
    )

    def __init__(self, *args: Any, has_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_old:
            del self.fields["old_days"]

    def clean_expires_at(self) -> datetime | None:
        expires_at: datetime | None = self.cleaned_data["expires_at"]
        if expires_at and expires_at <= timezone.now():
            raise forms.ValidationError(_("This moment is over already."))
        return expires_at

    def old_until(self, *, at: datetime) -> datetime | None:
        """Return when the old key ends; None if there is none."""
        days = self.cleaned_data.get("old_days")
        return None if days is None else at + timedelta(days=days)


def address(name: str, *args: Any) -> str:
    """Return the address of a page about machine clients."""
    return reverse(MachineClient.snippet_viewset.get_url_name(name), args=args)  # type: ignore[attr-defined]


class _ClientView(BaseObjectMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """Something about the keys of one client."""

    model = MachineClient
    permission_policy = None
    permission_required = "change"
    header_icon = "key"
    object: MachineClient
    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"client": self.object, "back": address("keys", self.object.pk)}
        context: dict[str, Any] = super().get_context_data(**own | kwargs)
        return context

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": address("list"), "label": _("Machine clients")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.object.name},
        ]


class KeysView(_ClientView):
    """What opens something for this client, what did once, and when it was used last."""

    page_title = gettext_lazy("Keys")
    template_name = "people/admin/client_keys.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        valid = valid_keys(at=timezone.now()).filter(client=self.object)
        keys = [{"key": key, "is_valid": key in valid} for key in self.object.keys.all()]
        kinds = [
            {"words": words, "url": address("new_key", self.object.pk, kind)}
            for kind, words in _ANOTHER.items()
            if sum(key.kind == kind for key in valid) < MOST_AT_ONCE
        ]
        return self.render_to_response(self.get_context_data(keys=keys, kinds=kinds))


class NewKeyView(_ClientView):
    """Ask how long, then make a key and show it this once."""

    template_name = "people/admin/new_key.html"
    kind: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.kind = kwargs["kind"]
        if self.kind not in _ANOTHER:
            raise Http404
        super().setup(request, *args, **kwargs)

    def get_page_title(self) -> Any:
        return _ANOTHER[self.kind]

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        form = NewKeyForm(has_old=self._has_old())
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        at, form = timezone.now(), NewKeyForm(request.POST, has_old=self._has_old())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            with transaction.atomic():
                issued = issue_key(
                    client=self.object,
                    kind=kind,
                    at=at,
                    expires_at=form.cleaned_data["expires_at"],
                    old_until=form.old_until(at=at),
                )
                log(instance=self.object, action=ISSUED)
        except TooManyKeys:
            messages.error(
                request, _("Two are valid already: revoke the one that is no longer in use.")
            )
            return redirect(address("keys", pk))
        return self._shown_once(issued)

    def _has_old(self) -> bool:
        return valid_keys(at=timezone.now()).filter(client=self.object, kind=self.kind).exists()

    def _shown_once(self, issued: Issued) -> HttpResponse:
        base = self.request.build_absolute_uri("/api/v1/")
        context = self.get_context_data(
            words=issued.words, is_secret=self.kind == ClientKey.Kind.SECRET, base=base
        )
        response = TemplateResponse(self.request, "people/admin/issued_key.html", context)
        response["Cache-Control"] = "no-store"
        return response


class RevokeKeyView(_ClientView):
    """Ask first, then end a key at once."""

    page_title = gettext_lazy("Revoke a key")
    template_name = "people/admin/revoke_key.html"

    def get(self, request: HttpRequest, pk: int, key: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(key=self._key(key)))

    def post(self, request: HttpRequest, pk: int, key: int) -> HttpResponse:
        with transaction.atomic():
            revoke_key(self._key(key), at=timezone.now())
            log(instance=self.object, action=REVOKED)
        messages.success(request, _("Revoked: it opens nothing any more."))
        return redirect(address("keys", pk))

    def _key(self, pk: int) -> ClientKey:
        return get_object_or_404(self.object.keys.filter(revoked_at=None), pk=pk)
