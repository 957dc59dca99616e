"""One's own account, beside what allauth offers."""

from django.urls import path

from people import views

urlpatterns = [
    path("my/profile/", views.profile, name="profile"),
    path("my/data/", views.my_data, name="my_data"),
    path("my/erase/", views.erase_me, name="erase_me"),
]
