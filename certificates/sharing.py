"""A holder shares a certificate under an address of its own, and may switch that off again."""

import secrets

from certificates.models import Sheet


def share(sheet: Sheet) -> str:
    """Return the token under which anybody may look at a certificate; the one there is already."""
    if not sheet.share_token:
        fresh = secrets.token_urlsafe(24)
        Sheet.objects.filter(key=sheet.key, share_token="").update(share_token=fresh)
        sheet.refresh_from_db(fields=["share_token"])
    return sheet.share_token


def stop_sharing(sheet: Sheet) -> None:
    """Let the address lead nowhere; sharing again gives another."""
    Sheet.objects.filter(key=sheet.key).update(share_token="")


def share_on(sheet: Sheet) -> None:
    """Let the address of a shared certificate lead to the one in its place, from now on.

    To be called in the transaction in which that one is earned.
    """
    if sheet.replaces is None:
        return
    shared = Sheet.objects.select_for_update().exclude(share_token="").filter(key=sheet.replaces)
    for old in shared:
        if Sheet.objects.filter(key=sheet.key, share_token="").update(share_token=old.share_token):
            stop_sharing(old)
