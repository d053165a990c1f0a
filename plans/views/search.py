"""Search over everything that is public. Knows no user."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from plans.forms.search import KINDS, SearchForm
from plans.renderings import MAX_AGE
from plans.search.find import Results, find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """With `?q=` the hits; `helsefellesskap` and `slag` narrow them, `side` turns the page."""
    form = SearchForm(request.GET)
    results = None
    if form.is_valid() and (asked := form.cleaned_data["q"]):
        results = _results(form, asked)
    context = {"form": form, "results": results, **_addresses(form, results)}
    response = render(request, "plans/search.html", context, status=422 if form.errors else 200)
    if not form.errors:
        response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response


def _results(form: SearchForm, asked: str) -> Results:
    facts = form.cleaned_data
    kind = KINDS[facts["slag"]][0] if facts["slag"] else ""
    return find(asked, community=facts["helsefellesskap"], kind=kind, page=facts["side"] or 1)


def _addresses(form: SearchForm, results: Results | None) -> dict[str, str]:
    """Of the pages beside this one, and of the same search without its filters."""
    if results is None:
        return {}
    chosen = {name: form.data.get(name, "") for name in ("q", "helsefellesskap", "slag")}

    def address(**changed: object) -> str:
        return "?" + urlencode({name: value for name, value in (chosen | changed).items() if value})

    filtered = chosen["helsefellesskap"] or chosen["slag"]
    page = results.page
    return {
        "everywhere": address(helsefellesskap="", slag="") if filtered else "",
        "before": address(side=page - 1 if page > 2 else "") if page > 1 else "",
        "after": address(side=page + 1) if page < results.pages else "",
    }
