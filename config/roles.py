"""What each role may do in the CMS: least rights, in one table.

Roles are groups (`people.roles`). Their rights are written here and nowhere else: `sync_roles`
makes the groups hold exactly these, so that a right added by hand does not stay by accident.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from config.review import sync_review
from courses.models import CataloguePage
from people.roles import (
    ADMINISTRATOR,
    DATA_PROTECTION_OFFICER,
    REPORTING_OFFICER,
    REVIEWER,
    TRAINER,
    sync_groups,
)

# Wagtail's migrations make these two, with rights on every page; nobody here belongs to them.
_WAGTAILS_OWN = ("Editors", "Moderators")


@dataclass(frozen=True)
class Rights:
    """`models` names whole models, `single` one permission each; pages are rights on a tree."""

    models: tuple[str, ...] = ()
    single: tuple[str, ...] = ()
    catalogue: tuple[str, ...] = ()
    every_page: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


RIGHTS = {
    # Write and submit; what is live stays as it is until a reviewer approves.
    TRAINER: Rights(
        single=(
            "wagtailadmin.access_admin",
            "assessments.add_question",
            "assessments.change_question",
            "assessments.view_question",
            "assessments.add_mark",
            "assessments.add_objective",
            "assessments.change_objective",
            "assessments.view_objective",
            "assessments.view_surveyanswer",
            "assessments.view_topic",
            "courses.add_cohort",
            "courses.change_cohort",
            "courses.view_cohort",
            "wagtail_localize.submit_translation",
        ),
        catalogue=("add", "change"),
        files=("add_image", "choose_image", "add_document", "choose_document"),
    ),
    # Read, compare, decide. What a reviewer approves goes live by the workflow alone; "lock" is
    # the least that opens the page explorer.
    REVIEWER: Rights(
        single=(
            "wagtailadmin.access_admin",
            "assessments.view_question",
            "assessments.view_objective",
            "assessments.add_keydecision",
            "courses.publish_edition",
        ),
        catalogue=("lock",),
        files=("choose_image", "choose_document"),
    ),
    # Reads reports on the public site; has no business in the CMS.
    REPORTING_OFFICER: Rights(),
    # Reads who was given whose data, and for what; nothing else.
    DATA_PROTECTION_OFFICER: Rights(
        single=("wagtailadmin.access_admin", "reports.view_disclosure")
    ),
    # Runs the site. The rights of roles are code: nobody edits groups in the CMS.
    ADMINISTRATOR: Rights(
        models=(
            "assessments.objective",
            "assessments.question",
            "assessments.topic",
            "certificates.certificatetemplate",
            "cms.hotline",
            "cms.sitesettings",
            "courses.cohort",
            "lrs.forwarding",
            "people.function",
            "people.institution",
            "people.machineclient",
            "people.mandate",
            "people.profession",
            "people.region",
            "reports.webhook",
            "wagtailcore.locale",
            "wagtailcore.site",
            "wagtailcore.task",
            "wagtailcore.workflow",
            "wagtailredirects.redirect",
        ),
        single=(
            "wagtailadmin.access_admin",
            "assessments.add_mark",
            "assessments.add_keydecision",
            # Surveys stay: figures name them. One that is to end is offered no more.
            "assessments.add_survey",
            "assessments.change_survey",
            "assessments.view_survey",
            "assessments.view_surveyanswer",
            "certificates.add_decision",
            "courses.publish_edition",
            "lrs.add_credential",
            "lrs.change_credential",
            "lrs.view_credential",
            "lrs.view_statement",
            "people.add_user",
            "people.change_user",
            "people.delete_user",
            "people.view_user",
            "reports.view_disclosure",
            "wagtail_localize.submit_translation",
            "django_tasks_database.change_dbtaskresult",
        ),
        every_page=("add", "change", "publish", "lock", "unlock", "bulk_delete"),
        files=(
            *("add_image", "change_image", "delete_image", "choose_image"),
            *("add_document", "change_document", "delete_document", "choose_document"),
            *("add_collection", "change_collection", "delete_collection"),
        ),
    ),
}


@transaction.atomic
def sync_roles() -> None:
    """Make every role's group hold exactly its rights, and the review stand where it belongs.

    Run after the catalogue exists and whenever a catalogue was added; safe to repeat.
    """
    Group.objects.filter(name__in=_WAGTAILS_OWN).delete()
    for name, group in sync_groups().items():
        rights = RIGHTS[name]
        group.permissions.set(_permissions(rights))
        _set_page_rights(group, rights)
        _set_file_rights(group, rights.files)
    sync_review()


def _permissions(rights: Rights) -> QuerySet[Permission]:
    wanted = Q(pk=None)
    for name in rights.models:
        app, model = name.split(".")
        wanted |= Q(content_type__app_label=app, content_type__model=model)
    for name in rights.single:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(wanted)


def _set_page_rights(group: Group, rights: Rights) -> None:
    GroupPagePermission.objects.filter(group=group).delete()
    _grant(group, CataloguePage.objects.all(), rights.catalogue)
    _grant(group, Page.objects.filter(depth=1), rights.every_page)


def _grant(group: Group, pages: Iterable[Page], actions: tuple[str, ...]) -> None:
    names = [f"{action}_page" for action in actions]
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=names
    )
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page.pk, permission=permission)
        for page in pages
        for permission in permissions
    )


def _set_file_rights(group: Group, codenames: tuple[str, ...]) -> None:
    GroupCollectionPermission.objects.filter(group=group).delete()
    permissions = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs", "wagtailcore"),
        codename__in=codenames,
    )
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=root, permission=permission)
        for permission in permissions
    )
