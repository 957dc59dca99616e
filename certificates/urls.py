"""A learner's certificates, and the door for anyone who checks one."""

from django.urls import path

from certificates import views

urlpatterns = [
    path("my/certificates/", views.my_certificates, name="my_certificates"),
    path("my/certificates/<uuid:key>/", views.download, name="certificate_file"),
    path("verify/", views.verify_form, name="verify"),
    path("verify/<str:code>/", views.verify_code, name="verify_code"),
]
