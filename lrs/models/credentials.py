"""Who may talk to the record store over HTTP."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Credential(models.Model):
    """A key and the hash of its secret, what they allow and how long."""

    class Scope(models.TextChoices):
        """The scopes of xAPI 1.0.3 Communication 4.2."""

        WRITE = "statements/write", _("write statements")
        READ_MINE = "statements/read/mine", _("read own statements")
        READ = "statements/read", _("read statements")
        STATE = "state", _("state documents")
        PROFILE = "profile", _("profile documents")
        DEFINE = "define", _("define activities")
        ALL_READ = "all/read", _("read everything")
        ALL = "all", _("everything")

    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(max_length=40, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField(_("scopes"), default=list)
    registration = models.UUIDField(_("only this registration"), null=True, blank=True)
    agent = models.JSONField(_("only this agent"), null=True, blank=True)
    activity_prefix = models.CharField(
        _("only activities that begin with"), max_length=255, blank=True
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("LRS credential")
        verbose_name_plural = _("LRS credentials")

    def __str__(self) -> str:
        return self.name
