"""The reporting officer's pages."""

from django.urls import path

from reports import views

urlpatterns = [
    path("reports/", views.report, name="reports"),
    path("reports/completions.csv", views.download_csv, name="completions_csv"),
]
