"""The reporting officer's pages."""

from django.urls import path

from reports import views
from reports.coverage import downloads as coverage_files
from reports.coverage import views as coverage

urlpatterns = [
    path("reports/", views.report, name="reports"),
    path("reports/completions.csv", views.download_csv, name="completions_csv"),
    path("reports/coverage/", coverage.lists, name="coverage"),
    path("reports/coverage/new/", coverage.new, name="coverage_new"),
    path("reports/coverage/template.<str:form>", coverage_files.template, name="coverage_template"),
    path("reports/coverage/<uuid:key>/", coverage.one_list, name="coverage_list"),
    path("reports/coverage/<uuid:key>/check/", coverage.check, name="coverage_check"),
    path("reports/coverage/<uuid:key>/refused/", coverage.refused, name="coverage_refused"),
    path("reports/coverage/<uuid:key>/replace/", coverage.replace, name="coverage_replace"),
    path("reports/coverage/<uuid:key>/delete/", coverage.delete, name="coverage_delete"),
    path(
        "reports/coverage/<uuid:key>/people.<str:form>",
        coverage_files.people,
        name="coverage_people",
    ),
    path(
        "reports/coverage/<uuid:key>/by-<slug:grouping>.<str:form>",
        coverage_files.figures,
        name="coverage_figures",
    ),
]
