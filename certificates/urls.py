"""A learner's certificates, and the door for anyone who checks one."""

from django.urls import path

from certificates import verifying, views
from certificates.offline import views as offline

urlpatterns = [
    path("my/certificates/", views.my_certificates, name="my_certificates"),
    path("my/certificates/<uuid:key>/", views.download, name="certificate_file"),
    path("my/certificates/<uuid:key>/badge/", views.badge, name="certificate_badge"),
    path("my/certificates/<uuid:key>/share/", views.change_sharing, name="share_certificate"),
    path("shared/<str:token>/", verifying.shared, name="shared_certificate"),
    path("shared/<str:token>/file/", verifying.shared_file, name="shared_file"),
    path("verify/", verifying.verify_form, name="verify"),
    path("verify/file/", verifying.verify_upload, name="verify_upload"),
    path("verify/file/<str:sha256>/", verifying.verify_fingerprint, name="verify_fingerprint"),
    path("verify/offline/", offline.offline, name="verify_offline"),
    path("verify/worker.js", offline.worker, name="offline_worker"),
    path("verify/<str:code>/", verifying.verify_code, name="verify_code"),
]
