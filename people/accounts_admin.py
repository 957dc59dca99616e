"""Accounts in the CMS: invite and find somebody, correct a name, give a role, erase.

Most people sign up themselves. No password is set here, and no e-mail address but that of an
invitation: both belong to the person, by allauth.
"""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.users.views import users

from people.corrections import tell
from people.erasure import erase
from people.fields import InstitutionField
from people.invitations import invite, tell_of_roles
from people.models import Function, Institution, Profession, User
from people.roles import ROLES
from people.second_factor import has_second_factor
from serbian import to_cyrillic, to_latin


class AccountForm(forms.ModelForm):
    """What an administrator may change; about one's own account neither role nor access."""

    profession = forms.ModelChoiceField(
        label=_("Profession"), queryset=Profession.objects.order_by("order"), required=False
    )
    institution = InstitutionField(
        label=_("Institution"), queryset=Institution.objects.order_by("path"), required=False
    )
    function = forms.ModelChoiceField(
        label=_("Function"), queryset=Function.objects.order_by("order"), required=False
    )
    groups = forms.ModelMultipleChoiceField(
        label=_("Roles"),
        queryset=Group.objects.filter(name__in=ROLES).order_by("name"),
        widget=CheckboxSelectMultiple,
        required=False,
        help_text=_("Every role needs the second factor; without it the person gets nowhere."),
    )

    class Meta:
        model = User
        fields = [
            "name_cyrillic",
            "name_latin",
            "profession",
            "institution",
            "function",
            "municipality",
            "is_active",
            "groups",
        ]

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]
            del self.fields["groups"]


class InvitationForm(forms.ModelForm):
    """Whom to invite, and as what; the rest the person tells on the own profile."""

    groups = forms.ModelMultipleChoiceField(
        label=_("Roles"),
        queryset=Group.objects.filter(name__in=ROLES).order_by("name"),
        widget=CheckboxSelectMultiple,
        required=False,
        help_text=_("None: the person learns. Every role needs the second factor."),
    )

    class Meta:
        model = User
        fields = ["email", "name_cyrillic", "name_latin", "language", "groups"]
        help_texts = {
            "email": _("The invitation goes there, with a link to choose a password."),
            "name_cyrillic": _("One script is enough; the person can correct both."),
        }

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("There is an account with this address already."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("name_cyrillic") or cleaned.get("name_latin")):
            self.add_error("name_cyrillic", _("Write the name in one of the two scripts."))
        return cleaned

    def save(self, commit: bool = True) -> User:
        about = dict(self.cleaned_data)
        return invite(roles=about.pop("groups"), **about)


class InvitationView(users.CreateView):
    """Make an account that only the invited person can open."""

    page_title = _("Invite somebody")
    success_message = _("%(object)s is invited. The mail with the link is sent.")


class AccountIndexView(users.IndexView):
    """Names and addresses, found in either script."""

    page_title = _("Accounts")
    add_item_label = _("Invite somebody")
    search_fields = ["email", "name_latin", "name_cyrillic"]
    facts = [
        Column("email", label=_("E-mail"), sort_key="email"),
        Column("profession", label=_("Profession")),
        Column(
            "roles",
            label=_("Roles"),
            accessor=lambda user: ", ".join(sorted(group.name for group in user.groups.all())),
        ),
        BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
        DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
    ]

    @property
    def columns(self) -> list[Column]:
        name = self._get_title_column_class(users.UserColumn)
        first = name("name", accessor=str, label=_("Name"), get_url=self.get_edit_url)
        return [first, *self.facts]

    def get_base_queryset(self) -> QuerySet[User]:
        accounts: QuerySet[User] = super().get_base_queryset()
        return accounts.select_related("profession").prefetch_related("groups")

    def search_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        if not self.is_searching:
            return queryset
        typed = self.search_query
        return queryset.filter(
            Q(email__icontains=typed)
            | Q(name_latin__icontains=to_latin(typed))
            | Q(name_cyrillic__icontains=to_cyrillic(typed))
        )


class AccountEditView(users.EditView):
    """Only somebody who may do everything touches the account of another such."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def save_instance(self) -> User:
        """Whoever has other roles than before is told so, and what they ask for."""
        before = set(self.object.groups.all())
        with transaction.atomic():
            user: User = super().save_instance()
            tell(user)
        if set(user.groups.all()) != before:
            tell_of_roles(user)
        return user

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"second_factor": has_second_factor(self.object)}


class AccountEraseView(users.DeleteView):
    """Erase: the person goes, the statistics stay."""

    page_title = _("Erase the account of")
    success_message = _("The account is erased.")

    def delete_action(self) -> None:
        erase(user=self.object, own_wish=False, at=timezone.now())


class AccountViewSet(users.UserViewSet):
    menu_label = _("Accounts")
    index_view_class = AccountIndexView
    add_view_class = InvitationView
    edit_view_class = AccountEditView
    delete_view_class = AccountEraseView
    create_template_name = "people/admin/invitation.html"
    edit_template_name = "people/admin/account.html"
    delete_template_name = "people/admin/erase.html"
    index_template_name = "wagtailadmin/generic/index.html"
    index_results_template_name = "wagtailadmin/generic/index_results.html"
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AccountForm if for_update else InvitationForm

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_index_view_kwargs(**kwargs)
        return kwargs | {"search_backend_name": None}
