"""The reporting officer's pages, and each learner's own view of who was given what."""

from django.urls import path

from reports import figure_views, views
from reports.coverage import downloads as coverage_files
from reports.coverage import views as coverage
from reports.difference import views as difference
from reports.disclosures import views as disclosures
from reports.exports import views as exports
from reports.saved import views as saved
from reports.snapshots import views as snapshots
from reports.statistics import views as statistics

urlpatterns = [
    path("reports/", views.report, name="reports"),
    path("reports/dictionary.csv", exports.dictionary, name="dictionary_csv"),
    path("reports/files/", exports.files, name="files"),
    path("reports/files/new/", exports.new_file, name="new_file"),
    path("reports/files/<uuid:key>/", exports.file, name="file"),
    path("reports/files/<uuid:key>/give-up/", exports.give_up_file, name="give_up_file"),
    path("my/data/received/", disclosures.who_received, name="who_received"),
    path("reports/difference/", difference.difference, name="report_difference"),
    path("reports/snapshots/", snapshots.snapshots, name="snapshots"),
    path("reports/snapshots/begin/", snapshots.begin, name="begin_snapshot"),
    path("reports/snapshots/<uuid:key>/", snapshots.snapshot, name="snapshot"),
    path("reports/snapshots/<uuid:key>/give-up/", snapshots.give_up, name="give_up_snapshot"),
    path("reports/snapshots/<uuid:key>/<str:name>", snapshots.download, name="snapshot_file"),
    path("reports/figures.csv", figure_views.as_csv, name="figures_csv"),
    path("reports/figures.xlsx", figure_views.as_xlsx, name="figures_xlsx"),
    path("reports/statistics/", statistics.statistics, name="statistics"),
    path("reports/statistics/<slug:what>.xlsx", statistics.as_xlsx, name="statistics_xlsx"),
    path("reports/statistics/<slug:what>.pdf", statistics.as_pdf, name="statistics_pdf"),
    path("reports/views/", saved.list_views, name="report_views"),
    path("reports/views/save/", saved.save_view, name="save_report"),
    path("reports/views/<uuid:key>/", saved.open_view, name="open_report"),
    path("reports/views/<uuid:key>/change/", saved.change_view, name="change_report"),
    path("reports/views/<uuid:key>/delete/", saved.delete_view, name="delete_report"),
    path("reports/coverage/", coverage.lists, name="coverage"),
    path("reports/coverage/new/", coverage.new, name="coverage_new"),
    path("reports/coverage/template.<str:form>", coverage_files.template, name="coverage_template"),
    path("reports/coverage/<uuid:key>/", coverage.one_list, name="coverage_list"),
    path("reports/coverage/<uuid:key>/check/", coverage.check, name="coverage_check"),
    path("reports/coverage/<uuid:key>/refused/", coverage.refused, name="coverage_refused"),
    path("reports/coverage/<uuid:key>/replace/", coverage.replace, name="coverage_replace"),
    path("reports/coverage/<uuid:key>/delete/", coverage.delete, name="coverage_delete"),
    path("reports/coverage/<uuid:key>/people/", coverage_files.people, name="coverage_people"),
    path(
        "reports/coverage/<uuid:key>/by-<slug:grouping>.<str:form>",
        coverage_files.figures,
        name="coverage_figures",
    ),
]
