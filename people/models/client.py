"""Systems that fetch reports: who they are, whence they may come, and the keys that they hold."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.networks import validate_networks


class MachineClient(models.Model):
    """A system that fetches reports. `key` is its client id in OAuth 2."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    networks = models.TextField(_("networks"), blank=True, validators=[validate_networks])
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("machine client")
        verbose_name_plural = _("machine clients")

    def __str__(self) -> str:
        return self.name

    @property
    def client_id(self) -> str:
        """The name under which the client asks for access tokens."""
        return str(self.key)


class ClientKey(models.Model):
    """A secret of OAuth 2 or a long-lived token. It is shown once and kept as a hash."""

    class Kind(models.TextChoices):
        SECRET = "secret", _("client secret")
        TOKEN = "token", _("long-lived token")

    client = models.ForeignKey(MachineClient, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_on = models.DateField(_("last used"), null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("key of a machine client")
        verbose_name_plural = _("keys of machine clients")

    def __str__(self) -> str:
        return f"{self.client}: {self.get_kind_display()}"


class AccessToken(models.Model):
    """What a client got for its secret: it opens some addresses for a short time."""

    key = models.ForeignKey(ClientKey, on_delete=models.CASCADE, related_name="access_tokens")
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {' '.join(self.scopes)}"
