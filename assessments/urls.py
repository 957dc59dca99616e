"""What a learner does in a quiz, and an author in a trial of it.

The quiz page itself is served by Wagtail.
"""

from django.urls import path

from assessments import submission, views
from assessments.mark_view import mark
from assessments.practice import views as practice
from assessments.surveys import views as surveys
from assessments.trial import views as trial

_ROUND = "practice/<uuid:course_key>/<uuid:round_key>/"
_SURVEY = "survey/<uuid:course_key>/<slug:kind>/"
_TRIAL = "quiz/<uuid:key>/trial/<uuid:trial>/"

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
    path(_SURVEY, surveys.survey, name="survey"),
    path(f"{_SURVEY}done/", surveys.done, name="survey_done"),
    path("quiz/<uuid:key>/trial/", trial.trial, name="trial"),
    path(_TRIAL, trial.paper, name="trial_paper"),
    path(f"{_TRIAL}save/", trial.save, name="trial_save"),
    path(f"{_TRIAL}mark/", trial.mark, name="trial_mark"),
    path(f"{_TRIAL}submit/", trial.submit, name="trial_submit"),
    path(f"{_TRIAL}unanswered/", trial.unanswered, name="trial_unanswered"),
    path(f"{_TRIAL}again/", trial.again, name="trial_again"),
    path(f"{_TRIAL}result/", trial.result, name="trial_result"),
]
