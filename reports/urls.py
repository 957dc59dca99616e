"""The reporting officer's pages."""

from django.urls import path

from reports import figure_views, views
from reports.saved import views as saved

urlpatterns = [
    path("reports/", views.report, name="reports"),
    path("reports/completions.csv", views.download_csv, name="completions_csv"),
    path("reports/figures.csv", figure_views.as_csv, name="figures_csv"),
    path("reports/figures.xlsx", figure_views.as_xlsx, name="figures_xlsx"),
    path("reports/views/", saved.list_views, name="report_views"),
    path("reports/views/save/", saved.save_view, name="save_report"),
    path("reports/views/<uuid:key>/", saved.open_view, name="open_report"),
    path("reports/views/<uuid:key>/change/", saved.change_view, name="change_report"),
    path("reports/views/<uuid:key>/delete/", saved.delete_view, name="delete_report"),
]
