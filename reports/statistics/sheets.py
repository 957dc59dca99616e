"""What the sheets of the workbook are called: 31 characters at most, and no two alike."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# By the name of the table.
SHEETS: Mapping[str, str | Promise] = {
    "professions": pgettext_lazy("sheet of a workbook", "Reach by profession"),
    "tracks": pgettext_lazy("sheet of a workbook", "Reach by track"),
    "regions": pgettext_lazy("sheet of a workbook", "Reach by region"),
    "months": pgettext_lazy("sheet of a workbook", "Completions by month"),
    "passing": pgettext_lazy("sheet of a workbook", "Pass rates"),
    "gain": pgettext_lazy("sheet of a workbook", "Gain by objective"),
    "gain-articles": pgettext_lazy("sheet of a workbook", "Gain by article"),
    "weak": pgettext_lazy("sheet of a workbook", "Questions missed"),
    "satisfaction-scales": pgettext_lazy("sheet of a workbook", "Course end, agreement"),
    "satisfaction-choices": pgettext_lazy("sheet of a workbook", "Course end, choices"),
    "pulse-scales": pgettext_lazy("sheet of a workbook", "After 3 months, agreement"),
    "pulse-choices": pgettext_lazy("sheet of a workbook", "After 3 months, choices"),
    "articles": pgettext_lazy("sheet of a workbook", "Results by article"),
    "articles-people": pgettext_lazy("sheet of a workbook", "Persons by article"),
}
