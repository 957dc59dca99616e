"""Credentials of the record store in the CMS: an administrator makes, renews and revokes them.

There is no page of one credential and no way to edit or delete it: what it was allowed to do
stands behind statements for good. A secret is in the answer to the click that made it, and in
nothing else: no message, no session, no page to come back to.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, log

from cms.page_head import head
from config.credential_form import PANELS, CredentialForm
from config.credential_list import COLUMNS, CredentialFilters
from lrs.credentials import (
    CredentialRevoked,
    Issued,
    revoke,
    rotate,
)
from lrs.models import Credential

ROTATED, REVOKED = "lrs.credential.rotate", "lrs.credential.revoke"
_LIST = "lrs_credentials:index"


def register_actions(actions: LogActionRegistry) -> None:
    """Name in the history what is done to a credential."""
    actions.register_action(ROTATED, gettext_lazy("New secret"), gettext_lazy("Got a new secret"))
    actions.register_action(REVOKED, gettext_lazy("Revoke"), gettext_lazy("Revoked"))


class CredentialIndexView(generic.IndexView):
    def _get_title_column(self, field_name: str, *args: Any, **kwargs: Any) -> Column:
        """Keep names readable beside what is long and cannot be broken well."""
        return super()._get_title_column(field_name, *args, width="25%", **kwargs)

    def get_list_more_buttons(self, instance: Credential) -> list[Button]:
        """Offer what can still be done to a credential."""
        if instance.revoked_at or not self.user_has_permission("change"):
            return []
        links = (("rotate", _("New secret…"), "rotate"), ("revoke", _("Revoke…"), "cross"))
        return [
            Button(words, reverse(f"lrs_credentials:{name}", args=[instance.pk]), icon_name=icon)
            for name, words, icon in links
        ]


class CredentialCreateView(generic.CreateView):
    def form_valid(self, form: CredentialForm) -> HttpResponse:
        with transaction.atomic():
            issued = form.issue()
            log(instance=issued.credential, action="wagtail.create", content_changed=True)
        return shown_once(self.request, issued)


class _OperationView(BaseObjectMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """Ask first, then do something to one credential."""

    model = Credential
    permission_policy = None
    permission_required = "change"
    template_name = "lrs/admin/confirm_credential.html"
    header_icon = "key"
    object: Credential
    request: HttpRequest
    words: Mapping[str, Any]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        context = self.get_context_data(credential=self.object, back=reverse(_LIST), **self.words)
        return self.render_to_response(context)

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return list(_head(self.get_page_title(), self.object)["breadcrumbs_items"])


class RotateView(_OperationView):
    page_title = gettext_lazy("New secret")
    words = {
        "what": gettext_lazy("From now on the old secret opens nothing; the key stays."),
        "yes": gettext_lazy("Make a new secret"),
        "no": gettext_lazy("Back, and keep the old one"),
    }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            with transaction.atomic():
                issued = rotate(self.object)
                log(instance=self.object, action=ROTATED)
        except CredentialRevoked:
            messages.error(request, _("This credential is revoked; make another."))
            return redirect(_LIST)
        return shown_once(request, issued)


class RevokeView(_OperationView):
    page_title = gettext_lazy("Revoke")
    words = {
        "what": gettext_lazy(
            "From now on this credential opens nothing, for good. What it stored stays."
        ),
        "yes": gettext_lazy("Revoke for good"),
        "no": gettext_lazy("Back, and keep it"),
    }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        with transaction.atomic():
            revoke(self.object, at=timezone.now())
            log(instance=self.object, action=REVOKED)
        messages.success(request, _("Revoked: it opens nothing any more."))
        return redirect(_LIST)


def shown_once(request: HttpRequest, issued: Issued) -> HttpResponse:
    """Show a new secret: ready to be copied, and to be tried."""
    endpoint = f"{settings.SITE_URL}{settings.LRS_MOUNT}"
    version = settings.LRS_DEFAULT_VERSION
    facts = {"endpoint": endpoint, "key": issued.key, "secret": issued.secret}
    context = {
        "credential": issued.credential,
        "facts": json.dumps(facts, indent=2),
        "curl": (
            f"curl -u {issued.key}:{issued.secret} -H 'X-Experience-API-Version: {version}' "
            f"{endpoint}statements"
        ),
        "back": reverse(_LIST),
        **_head(_("A new secret"), issued.credential),
    }
    response = TemplateResponse(request, "lrs/admin/issued_credential.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _head(title: Any, credential: Credential) -> dict[str, Any]:
    way = (reverse(_LIST), _("LRS credentials"))
    return head(title, "key", way, below=credential.name)


class CredentialViewSet(ModelViewSet):
    model = Credential
    name = "lrs_credentials"
    url_prefix = "lrs-credentials"
    icon = "key"
    menu_label = gettext_lazy("LRS credentials")
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = CredentialIndexView
    add_view_class = CredentialCreateView
    filterset_class = CredentialFilters
    search_fields = ["name", "key"]
    list_per_page = 50
    list_display = COLUMNS
    edit_handler = ObjectList(PANELS, base_form_class=CredentialForm)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = dict.fromkeys(
            ("edit_url_name", "delete_url_name", "history_url_name", "usage_url_name")
        )
        common: dict[str, Any] = super().get_common_view_kwargs(**absent, **kwargs)
        return common

    def register_admin_url_finder(self) -> None:
        """Nothing to find: there is no page of one credential."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/rotate/", self.construct_view(RotateView), name="rotate"),
            path("<int:pk>/revoke/", self.construct_view(RevokeView), name="revoke"),
        ]
