"""Webhooks in the CMS: an administrator says where clients are told that there is news.

The list tells how each stands. A secret is in the answer to the click that made it, and in
nothing else.
"""

from collections.abc import Callable
from typing import Any

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
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, log

from cms.page_head import head
from reports.models import Webhook
from reports.webhooks.changing import begin, renew_secret, set_going, try_out
from reports.webhooks.form import PANELS, NewSecretForm, WebhookForm

_LIST = "webhooks:index"
_SECRET, _STOP, _GO = "reports.webhook.secret", "reports.webhook.stop", "reports.webhook.go"


def register_webhook_actions(actions: LogActionRegistry) -> None:
    """Name in the history what is done to a webhook."""
    actions.register_action(_SECRET, gettext_lazy("New secret"), gettext_lazy("Got a new secret"))
    actions.register_action(_STOP, gettext_lazy("Pause"), gettext_lazy("Paused"))
    actions.register_action(_GO, gettext_lazy("Resume"), gettext_lazy("Resumed"))


class StateColumn(Column):
    """Whether hints arrive, and if not, why and since when."""

    cell_template_name = "reports/admin/webhook_state_cell.html"

    def get_value(self, instance: Webhook) -> Webhook:
        return instance


class WebhookIndexView(generic.IndexView):
    def get_list_more_buttons(self, instance: Webhook) -> list[Button]:
        """Offer the log of its hints beside editing and deleting it."""
        buttons: list[Button] = super().get_list_more_buttons(instance)
        if not self.user_has_permission("change"):
            return buttons
        hints = reverse("webhooks:hints", args=[instance.pk])
        secret = reverse("webhooks:secret", args=[instance.pk])
        return [
            *buttons,
            Button(_("Hints, and a test…"), hints, icon_name="mail"),
            Button(_("New secret…"), secret, icon_name="rotate"),
        ]


class WebhookCreateView(generic.CreateView):
    def form_valid(self, form: WebhookForm) -> HttpResponse:
        with transaction.atomic():
            webhook: Webhook = form.save(commit=False)
            secret = begin(webhook)
            log(instance=webhook, action="wagtail.create", content_changed=True)
        return shown_once(self.request, webhook, secret)


class _WebhookView(BaseObjectMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """Something about one webhook."""

    model = Webhook
    permission_policy = None
    permission_required = "change"
    header_icon = "mail"
    object: Webhook
    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"webhook": self.object, "back": reverse(_LIST)}
        context: dict[str, Any] = super().get_context_data(**own | kwargs)
        return context

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return list(_head(self.get_page_title(), self.object)["breadcrumbs_items"])


class HintsView(_WebhookView):
    """What was sent and how it went; a test is sent from here, or it is paused or set going."""

    page_title = gettext_lazy("Hints")
    template_name = "reports/admin/webhook_hints.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(hints=self.object.hints.all()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        {"test": self._test, "stop": self._stop, "go": self._go}.get(
            request.POST.get("what", ""), lambda: None
        )()
        return redirect("webhooks:hints", pk)

    def _test(self) -> None:
        hint = try_out(self.object, at=timezone.now())
        if hint.problem:
            words = _("It did not arrive: %(problem)s") % {"problem": hint.problem}
            messages.error(self.request, words)
        else:
            messages.success(self.request, _("It arrived."))

    def _stop(self) -> None:
        with transaction.atomic():
            Webhook.objects.filter(pk=self.object.pk).update(is_active=False)
            log(instance=self.object, action=_STOP)
        messages.success(self.request, _("Paused: nothing more is sent."))

    def _go(self) -> None:
        with transaction.atomic():
            set_going(self.object)
            log(instance=self.object, action=_GO)
        messages.success(self.request, _("It goes on; what is news is told within a minute."))


class SecretView(_WebhookView):
    """Ask how long the old secret serves beside the new one, then show that this once."""

    page_title = gettext_lazy("New secret")
    template_name = "people/admin/new_key.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=NewSecretForm()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = NewSecretForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        with transaction.atomic():
            days = form.cleaned_data["old_days"]
            secret = renew_secret(self.object, old_days=days, at=timezone.now())
            log(instance=self.object, action=_SECRET)
        return shown_once(request, self.object, secret)


def shown_once(request: HttpRequest, webhook: Webhook, secret: str) -> HttpResponse:
    """Show a new secret, ready to be copied."""
    hints = reverse("webhooks:hints", args=[webhook.pk])
    context = {"webhook": webhook, "secret": secret, "hints": hints}
    context |= _head(_("A new secret"), webhook)
    response = TemplateResponse(request, "reports/admin/webhook_secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _head(title: Any, webhook: Webhook) -> dict[str, Any]:
    return head(title, "mail", (reverse(_LIST), _("Webhooks")), below=str(webhook))


class WebhookViewSet(ModelViewSet):
    model = Webhook
    name = "webhooks"
    url_prefix = "webhooks"
    icon = "mail"
    menu_label = gettext_lazy("Webhooks")
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = WebhookIndexView
    add_view_class = WebhookCreateView
    search_fields = ["client__name", "endpoint"]
    list_per_page = 50
    list_display = [
        "client",
        StateColumn("state", label=gettext_lazy("State"), classname="credential-powers"),
        Column("endpoint", label=gettext_lazy("Address"), classname="credential-key"),
        DateColumn("told_at", label=gettext_lazy("Last hint")),
    ]
    edit_handler = ObjectList(PANELS, base_form_class=WebhookForm)

    def get_urlpatterns(self) -> list[URLPattern]:
        construct: Callable[[type[_WebhookView]], Any] = self.construct_view
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/hints/", construct(HintsView), name="hints"),
            path("<int:pk>/secret/", construct(SecretView), name="secret"),
        ]
