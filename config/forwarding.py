"""Forwarding in the CMS: an administrator says to which record stores statements go on.

The list tells how each target stands; pausing, resuming, back-filling and sending dead letters
again are asked for first and written into the history.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, log

from config.forwarding_form import PANELS, BackFillForm, ForwardingForm
from config.forwarding_list import COLUMNS
from lrs.forwarding.letters import dead_letters, send_again
from lrs.forwarding.targets import back_fill, pause, resume
from lrs.models import Forwarding

_LIST = "lrs_forwarding:index"
_SHOWN = 100
_ACTIONS = {
    "pause": (gettext_lazy("Pause"), gettext_lazy("Paused")),
    "resume": (gettext_lazy("Resume"), gettext_lazy("Resumed")),
    "back_fill": (gettext_lazy("Send earlier ones"), gettext_lazy("Sent earlier ones")),
    "send_again": (gettext_lazy("Send again"), gettext_lazy("Sent again")),
}


def register_forwarding_actions(actions: LogActionRegistry) -> None:
    """Name in the history what is done to a target."""
    for name, (label, message) in _ACTIONS.items():
        actions.register_action(f"lrs.forwarding.{name}", label, message)


class ForwardingIndexView(generic.IndexView):
    def get_list_more_buttons(self, instance: Forwarding) -> list[Button]:
        """Offer what can be done to a target, beside editing and deleting it."""
        buttons: list[Button] = super().get_list_more_buttons(instance)
        if not self.user_has_permission("change"):
            return buttons
        links = [("back_fill", _("Send earlier ones…"), "history")]
        if instance.is_active:
            links.append(("pause", _("Pause…"), "minus-inverse"))
        if not instance.is_active or instance.failures:
            links.append(("resume", _("Go on at once…"), "resubmit"))
        return buttons + [
            Button(words, reverse(f"lrs_forwarding:{name}", args=[instance.pk]), icon_name=icon)
            for name, words, icon in links
        ]


class _TargetView(BaseObjectMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """Something that is done to one target."""

    model = Forwarding
    permission_policy = None
    permission_required = "change"
    template_name = "lrs/admin/confirm_forwarding.html"
    header_icon = "redirect"
    object: Forwarding
    request: HttpRequest
    what: Any = ""
    done: Any = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"forwarding": self.object, "back": reverse(_LIST), "what": self.what}
        context: dict[str, Any] = super().get_context_data(**own | kwargs)
        return context

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        all_of_them = {"url": reverse(_LIST), "label": _("Forwarding")}
        title = self.get_page_title()
        return [home, all_of_them, {"url": "", "label": title, "sublabel": self.object.name}]

    def _finish(self, action: str) -> HttpResponse:
        log(instance=self.object, action=f"lrs.forwarding.{action}")
        messages.success(self.request, self.done)
        return redirect(_LIST)


class PauseView(_TargetView):
    page_title = _ACTIONS["pause"][0]
    what = gettext_lazy("Nothing more is sent until you resume it; then nothing is left out.")
    done = gettext_lazy("Paused: nothing more is sent.")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        pause(self.object)
        return self._finish("pause")


class ResumeView(_TargetView):
    page_title = _ACTIONS["resume"][0]
    what = gettext_lazy("It goes on at once, where it was left.")
    done = gettext_lazy("It goes on where it was left.")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        resume(self.object)
        return self._finish("resume")


class BackFillView(_TargetView):
    page_title = _ACTIONS["back_fill"][0]
    what = gettext_lazy(
        "Everything stored since that moment is sent once more. What the other store has already "
        "it knows by its id, and keeps once."
    )
    done = gettext_lazy("It starts again from there.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": BackFillForm()} | kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = BackFillForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        back_fill(self.object, since=form.cleaned_data["since"])
        return self._finish("back_fill")


class LettersView(_TargetView):
    """What the target refused, and why; one of them or all are sent again."""

    page_title = gettext_lazy("Statements that were refused")
    template_name = "lrs/admin/forwarding_letters.html"
    done = gettext_lazy("Sent again. It is gone from here unless it is refused once more.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letters = dead_letters(self.object)
        own = {"letters": letters[:_SHOWN], "total": letters.count()}
        return super().get_context_data(**own | kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        letters = dead_letters(self.object)
        one = request.POST.get("letter", "")
        if one:
            found = get_object_or_404(letters, pk=int(one) if one.isdecimal() else 0)
            letters = letters.filter(pk=found.pk)
        send_again(letters, at=timezone.now())
        self._finish("send_again")
        return redirect("lrs_forwarding:letters", pk)


_VIEWS: dict[str, type[_TargetView]] = {
    "pause": PauseView,
    "resume": ResumeView,
    "back_fill": BackFillView,
    "letters": LettersView,
}


class ForwardingViewSet(ModelViewSet):
    model = Forwarding
    name = "lrs_forwarding"
    url_prefix = "lrs-forwarding"
    icon = "redirect"
    menu_label = gettext_lazy("Forwarding")
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ForwardingIndexView
    search_fields = ["name", "endpoint"]
    list_per_page = 50
    list_display = COLUMNS
    edit_handler = ObjectList(PANELS, base_form_class=ForwardingForm)

    def get_urlpatterns(self) -> list[URLPattern]:
        construct: Callable[[type[_TargetView]], Any] = self.construct_view
        return [
            *super().get_urlpatterns(),
            *(
                path(f"<int:pk>/{name.replace('_', '-')}/", construct(view), name=name)
                for name, view in _VIEWS.items()
            ),
        ]
