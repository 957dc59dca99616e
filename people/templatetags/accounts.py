"""What pages about one's own account show."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# Looked for in this order: each browser also calls itself by the names further down.
_BROWSERS = ("Edg", "OPR", "Firefox", "FxiOS", "SamsungBrowser", "Chrome", "CriOS", "Safari")
_CALLED = {
    "Edg": "Edge",
    "OPR": "Opera",
    "FxiOS": "Firefox",
    "SamsungBrowser": "Samsung Internet",
    "CriOS": "Chrome",
}
_SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac OS", "CrOS", "Linux")


@register.filter
def device(user_agent: str) -> str:
    """Return browser and system as people call them: "Firefox, Windows"."""
    browser = next((name for name in _BROWSERS if f"{name}/" in user_agent), "")
    system = next((name for name in _SYSTEMS if name in user_agent), "")
    known = [_CALLED.get(browser, browser), system]
    return ", ".join(filter(None, known)) or _("Unknown device")
