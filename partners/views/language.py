"""Where a person chooses the language of what is sent to them. The pages' language is in their address."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partners.forms import LanguageForm
from partners.requests import SignedIn, signed_in


@signed_in
def choose_language(request: SignedIn) -> HttpResponse:
    bound = request.POST if request.method == "POST" else None
    form = LanguageForm(bound, initial={"language": request.user.language})
    if form.is_valid():
        request.user.language = form.cleaned_data["language"]
        request.user.save(update_fields=["language"])
        messages.success(request, _("Valget er lagret."))
        return redirect(request.path)
    return render(
        request, "partners/choose_language.html", {"form": form}, status=422 if form.is_bound else 200
    )
