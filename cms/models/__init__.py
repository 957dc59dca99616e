"""The pages and settings that are not about a course."""

from cms.models.base import BasePage
from cms.models.pages import HelpPage, HomePage, TextPage
from cms.models.settings import Hotline, SiteSettings
from cms.models.state import PublishedState

__all__ = [
    "BasePage",
    "HelpPage",
    "HomePage",
    "Hotline",
    "PublishedState",
    "SiteSettings",
    "TextPage",
]
