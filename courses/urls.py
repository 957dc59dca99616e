"""What a learner does to a course. Pages themselves are served by Wagtail."""

from django.urls import path

from courses.views import activity, learning, lesson

urlpatterns = [
    path("my/", learning.my_learning, name="my_learning"),
    path("learn/<uuid:course_key>/enrol/", learning.enrol_view, name="enrol"),
    path("learn/<uuid:course_key>/cohort/", learning.join_view, name="join_cohort"),
    path("learn/<uuid:course_key>/withdraw/", learning.withdraw_view, name="withdraw"),
    path("learn/<uuid:key>/", activity.activity_view, name="activity"),
    path("learn/<uuid:key>/start/", lesson.start_view, name="start_activity"),
    path("learn/<uuid:key>/finish/", lesson.finish_view, name="finish_lesson"),
    path("learn/<uuid:key>/place/", lesson.place_view, name="save_place"),
    path("learn/<uuid:key>/check/<str:block_id>/", lesson.check_view, name="self_check"),
]
