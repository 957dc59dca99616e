from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from assessments import personal
        from assessments.attempt_pages.of_a_person import way_to_attempts
        from assessments.closing import REACTION
        from assessments.counting import counted_scores
        from assessments.extra_time_view import offer
        from assessments.folds import PROJECTIONS
        from assessments.forms.views import ways_from
        from assessments.marking.telling import REACTIONS
        from assessments.models import Question, Survey, SurveyVersion
        from assessments.practice.folds import PROJECTION
        from assessments.practice.inviting import invitations_to
        from assessments.reviewing import hidden_scores
        from assessments.surveys.inviting import invitations_to as surveys_for
        from assessments.surveys.writing import REACTION as SURVEYS
        from assessments.troubles import troubles_of
        from cms.published import watch
        from courses import cohorts, invitations, scores
        from lrs import folding, reactions
        from people import erasure, portability

        watch(Question, Survey, SurveyVersion)
        for projection in (*PROJECTIONS, PROJECTION):
            folding.register(projection)
        for reaction in (REACTION, *REACTIONS, SURVEYS):
            reactions.register(reaction)
        portability.register("assessments", personal.collect)
        erasure.register("assessments", personal.forget)
        cohorts.register("quizzes", troubles_of)
        cohorts.offer("more time", offer)
        cohorts.lead("gain", ways_from)
        cohorts.look("attempts", way_to_attempts)
        invitations.register("practice", invitations_to)
        invitations.register("surveys", surveys_for)
        scores.hide("quizzes", hidden_scores)
        scores.register("quizzes", counted_scores)
