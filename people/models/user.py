"""Accounts, and the map from a person to the opaque id in the log."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.models.institution import Function, Institution, Profession
from people.validation import refuse_jmbg, write_in_cyrillic
from serbian import to_cyrillic, to_latin

# The groups whose rights are worth a second factor; named one by one in `people.roles`.
ROLES = (
    "trainers",
    "reviewers",
    "reporting officers",
    "administrators",
    "data protection officers",
)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account with its opaque actor. Raises ValueError without an e-mail."""
        if not email:
            raise ValueError("an account needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        Actor.objects.using(self._db).create(user=user)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account that may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


# Wagtail has no types for the manager of what a person has locked.
class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """A person with an account. The name is kept in both scripts, for the certificate."""

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        CYRILLIC = "sr", "Српски (ћирилица)"
        LATIN = "sr-latn", "Srpski (latinica)"

    email = models.EmailField(_("e-mail"), unique=True)
    name_cyrillic = models.CharField(
        _("name in Cyrillic"), max_length=150, blank=True, validators=[write_in_cyrillic]
    )
    name_latin = models.CharField(_("name in Latin"), max_length=150, blank=True)
    profession = models.ForeignKey(
        Profession, verbose_name=_("profession"), null=True, blank=True, on_delete=models.PROTECT
    )
    institution = models.ForeignKey(
        Institution, verbose_name=_("institution"), null=True, blank=True, on_delete=models.PROTECT
    )
    function = models.ForeignKey(
        Function, verbose_name=_("function"), null=True, blank=True, on_delete=models.PROTECT
    )
    municipality = models.CharField(_("municipality"), max_length=100, blank=True)
    personnel_number = models.CharField(
        _("personnel number"),
        max_length=40,
        blank=True,
        validators=[refuse_jmbg],
        help_text=_("Your number at your institution, if you wish. Never the JMBG."),
    )
    language = models.CharField(
        _("language and script"), max_length=10, choices=Language, default=Language.CYRILLIC
    )
    privacy_version = models.CharField(max_length=20, blank=True)
    privacy_accepted_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    is_staff = models.BooleanField(default=False, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.display_name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()
        self.complete_names()

    def complete_names(self) -> None:
        """Propose the other script where only one was typed; both can be edited."""
        if self.name_cyrillic and not self.name_latin:
            self.name_latin = to_latin(self.name_cyrillic)
        elif self.name_latin and not self.name_cyrillic:
            self.name_cyrillic = to_cyrillic(self.name_latin)

    @property
    def has_role(self) -> bool:
        """Whether the person has any role beside learning; known already for a session's user."""
        known = getattr(self, "with_role", None)
        if known is None:
            known = self.groups.filter(name__in=ROLES).exists() or self.mandates.exists()
        return self.is_superuser or self.is_staff or bool(known)

    @property
    def display_name(self) -> str:
        """The name in the script of the page."""
        cyrillic = get_language() == "sr"
        first, second = self.name_cyrillic, self.name_latin
        return (first or second) if cyrillic else (second or first)

    @property
    def short_name(self) -> str:
        """First name and initial, for the corner of the page."""
        parts = self.display_name.split()
        return f"{parts[0]} {parts[-1][0]}." if len(parts) > 1 else self.display_name

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.short_name

    def get_username(self) -> str:
        return self.email


class Actor(models.Model):
    """The map: whoever destroys this row makes the person's statements nobody's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="actor")

    def __str__(self) -> str:
        return f"{self.id}"


class Erasure(models.Model):
    """That somebody was erased, and when; not who."""

    erased_at = models.DateTimeField()
    own_wish = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.erased_at:%Y-%m-%d}"
