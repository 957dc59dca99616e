"""SITE_URL is the one truth about where the site is; Wagtail keeps a copy in its sites."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site


def sync_site_address() -> None:
    """Let Wagtail's default site have the address of SITE_URL; safe to repeat."""
    site = Site.objects.filter(is_default_site=True).first()
    hostname, port = site_address()
    if site is None or (site.hostname, site.port) == (hostname, port):
        return
    site.hostname, site.port = hostname, port
    site.save()


def site_address() -> tuple[str, int]:
    """Return host name and port of SITE_URL."""
    parts = urlsplit(settings.SITE_URL)
    return parts.hostname or "localhost", parts.port or (443 if parts.scheme == "https" else 80)
