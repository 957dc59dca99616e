"""The reporting officer's pages."""

from django.urls import path

from reports import views
from reports.difference import views as difference
from reports.snapshots import views as snapshots

urlpatterns = [
    path("reports/", views.report, name="reports"),
    path("reports/completions.csv", views.download_csv, name="completions_csv"),
    path("reports/difference/", difference.difference, name="report_difference"),
    path("reports/snapshots/", snapshots.snapshots, name="snapshots"),
    path("reports/snapshots/begin/", snapshots.begin, name="begin_snapshot"),
    path("reports/snapshots/<uuid:key>/", snapshots.snapshot, name="snapshot"),
    path("reports/snapshots/<uuid:key>/give-up/", snapshots.give_up, name="give_up_snapshot"),
    path("reports/snapshots/<uuid:key>/<str:name>", snapshots.download, name="snapshot_file"),
]
