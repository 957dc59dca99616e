"""One's own profile, one's own data, one's own leave."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from people.erasure import erase
from people.forms import AboutMeForm, EraseForm
from people.portability import collect_all
from people.signed_in import signed_in


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change what the site knows about the signed-in person."""
    user = signed_in(request)
    form = AboutMeForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        if form.followed:
            words = _("Your name in the other script was changed with it: %(name)s.")
            messages.info(request, words % {"name": form.followed})
        elif form.one_script_only:
            words = _("You changed your name in one script only. Look whether the other is right.")
            messages.warning(request, words)
        return redirect("profile")
    return render(request, "people/profile.html", {"form": form})


@login_required
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Send everything the site keeps about the signed-in person, as JSON."""
    response = JsonResponse(
        collect_all(signed_in(request)),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
    )
    response["Content-Disposition"] = 'attachment; filename="putokaz-my-data.json"'
    return response


@login_required
def erase_me(request: HttpRequest) -> HttpResponse:
    """Ask for the password, then erase the account."""
    user = signed_in(request)
    form = EraseForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        logout(request)
        erase(user=user, own_wish=True, at=timezone.now())
        messages.success(request, _("Your account is erased."))
        return redirect("account_login")
    return render(request, "people/erase.html", {"form": form})
