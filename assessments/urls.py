"""What a learner does in a quiz. The quiz page itself is served by Wagtail."""

from django.urls import path

from assessments import submission, views
from assessments.mark_view import mark
from assessments.practice import views as practice

_ROUND = "practice/<uuid:course_key>/<uuid:round_key>/"

urlpatterns = [
    path("quiz/<uuid:key>/begin/", views.begin, name="begin_attempt"),
    path("quiz/<uuid:key>/<int:number>/", views.attempt, name="attempt"),
    path("quiz/<uuid:key>/<int:number>/save/", views.save, name="save_choice"),
    path("quiz/<uuid:key>/<int:number>/mark/", mark, name="mark_question"),
    path("quiz/<uuid:key>/<int:number>/submit/", submission.submit, name="submit_attempt"),
    path("quiz/<uuid:key>/<int:number>/unanswered/", submission.unanswered, name="unanswered"),
    path("quiz/<uuid:key>/<int:number>/result/", views.result, name="result"),
    path("practice/<uuid:course_key>/", practice.overview, name="practice"),
    path("practice/<uuid:course_key>/begin/", practice.begin, name="begin_practice"),
    path(_ROUND, practice.practise, name="practice_round"),
    path(f"{_ROUND}check/", practice.check, name="check_practice"),
]
