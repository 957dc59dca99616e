"""Templates of certificates as a part of the CMS."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
)
from wagtail.admin.ui.tables import BooleanColumn, Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from certificates.models import CertificateTemplate
from certificates.sheet_templates.views import TemplateCreateView, TemplateEditView

_USE = MultiFieldPanel(
    [
        FieldPanel(
            "name", help_text=gettext_lazy("For the list in the CMS; it is printed nowhere.")
        ),
        FieldPanel(
            "certificate_class",
            help_text=gettext_lazy("The published rule of a course decides which kind it gives."),
        ),
        FieldPanel("is_default"),
        InlinePanel(
            "courses",
            [PageChooserPanel("course", "courses.CoursePage")],
            heading=gettext_lazy("Courses that follow it"),
            label=gettext_lazy("Course"),
            help_text=gettext_lazy(
                "One language is enough; the translations are meant as well. A certificate that a"
                " refresher renews follows the template of the course that it was given for."
            ),
        ),
        FieldPanel(
            "validity_months",
            help_text=gettext_lazy("Counted from completion. Empty: it does not end."),
        ),
    ],
    heading=gettext_lazy("What it is for"),
)


def _both(part: str, help_text: Promise) -> FieldRowPanel:
    return FieldRowPanel(
        [
            FieldPanel(f"{part}_en", help_text=help_text),
            FieldPanel(f"{part}_sr", help_text=gettext_lazy("The same in Serbian, in Cyrillic.")),
        ]
    )


_WORDS = MultiFieldPanel(
    [
        HelpPanel(template="certificates/admin/placeholders.html"),
        _both("heading", gettext_lazy("The title of the sheet. Empty: as usual.")),
        _both("did", gettext_lazy("Between the name and the course. Empty: as usual.")),
        _both("text", gettext_lazy("Each line is a paragraph. Empty: as usual.")),
        _both("partner", gettext_lazy("With whom the course is given. Empty: no such line.")),
    ],
    heading=gettext_lazy("Words"),
)
_LOOK = MultiFieldPanel(
    [
        FieldRowPanel(
            [
                FieldPanel("orientation", help_text=gettext_lazy("How the sheet of A4 lies.")),
                FieldPanel(
                    "serbian_script",
                    help_text=gettext_lazy("Names stand as their owners write them."),
                ),
            ]
        ),
        FieldPanel(
            "seal",
            help_text=gettext_lazy(
                "PNG or JPEG, best square and with nothing behind it. The seal in the file is"
                " another one: it is made of numbers."
            ),
        ),
        FieldPanel(
            "transcript",
            help_text=gettext_lazy("Every module with its hours, and the band of the result."),
        ),
    ],
    heading=gettext_lazy("Look"),
)
_HANDS = InlinePanel(
    "signatories",
    [
        FieldRowPanel(
            [
                FieldPanel("name_en", help_text=gettext_lazy("As: Ana Uzorković")),
                FieldPanel("name_sr", help_text=gettext_lazy("Empty: in Latin only.")),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("function_en", help_text=gettext_lazy("As: Head of training")),
                FieldPanel(
                    "function_sr", help_text=gettext_lazy("The same in Serbian, in Cyrillic.")
                ),
            ]
        ),
        FieldPanel(
            "signature",
            help_text=gettext_lazy(
                "PNG or JPEG of the signature alone, dark on white or on nothing. It is kept where"
                " nobody can fetch it."
            ),
        ),
    ],
    heading=gettext_lazy("Signatories"),
    label=gettext_lazy("Signatory"),
    max_num=3,
)


class CertificateTemplateViewSet(SnippetViewSet):
    model = CertificateTemplate
    icon = "form"
    menu_label = gettext_lazy("Certificate templates")
    menu_order = 215
    add_to_settings_menu = True
    url_prefix = "certificate-templates"
    url_namespace = "certificate_templates"
    add_view_class = TemplateCreateView
    edit_view_class = TemplateEditView
    search_fields = ["name"]
    search_backend_name = None
    list_display = [
        "name",
        Column("get_certificate_class_display", label=gettext_lazy("Kind")),
        BooleanColumn("is_default", label=gettext_lazy("Default")),
        Column("validity_months", label=gettext_lazy("Months")),
        LiveStatusTagColumn(),
    ]
    edit_handler = ObjectList([_USE, _WORDS, _LOOK, _HANDS])
