from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from assessments.regrading import consequences
        from certificates import personal
        from certificates.bundles.views import way_there
        from certificates.folds import PROJECTION
        from certificates.inspecting import inspect_files
        from certificates.issuing import REACTION
        from certificates.register import serials_of
        from certificates.reminding import REACTION as REMINDER
        from certificates.renewals import invitations_to, renewal_of
        from certificates.telling import REVOCATION, SUCCESSOR
        from courses import cohorts, invitations, renewals
        from lrs import folding, reactions, rebuilding
        from people import erasure, portability

        folding.register(PROJECTION)
        reactions.register(REACTION)
        reactions.register(REMINDER)
        reactions.register(SUCCESSOR)
        reactions.register(REVOCATION)
        rebuilding.register_inspection("certificates", inspect_files)
        portability.register("certificates", personal.collect)
        consequences.register("certificates", serials_of)
        erasure.register("certificates", personal.forget)
        cohorts.lead("certificates", way_there)
        invitations.register("renewal", invitations_to)
        renewals.register("certificates", renewal_of)
