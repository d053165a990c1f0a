"""A plan in other languages: the list, the workbench with the source beside, and the public page."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helsefellesskap.errors import Refusal
from helsefellesskap.languages import text_language
from plans import actions, queries, rules
from plans.document import canonical, sha256
from plans.exporters.facts import TranslationFacts
from plans.exporters.translated import notes, rest
from plans.forms.translate_plan import TranslatePlanForm, TranslationForm
from plans.models import Plan, Translation
from plans.renderings import kept
from plans.standing import Standing
from plans.translated import translated
from plans.translating import BLOCK_HTML, Field, Piece, count, of_plan, parts_of, state_of

from .again import SignedIn, at_work
from .downloads import downloads
from .public import context_of

FACTS = "planen"  # in the address of the plan's own title and the like


@at_work
def translate_plan(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_edit)
    form = TranslatePlanForm(request.POST or None, plan=target)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            made = actions.translate_plan(target, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            return redirect(made.get_work_url())
    found = [(one, count(queries.to_translate(one))) for one in target.translations.all()]
    context = {"community": target.community, "plan": target, "form": form, "translations": found}
    return render(request, "plans/workbench/translate_plan.html", context, status=status)


@require_safe
@at_work
def edit_translation(request: SignedIn, community: str, plan: str, language: str) -> HttpResponse:
    translation = _translation_for(request, community, plan, language)
    pieces = queries.to_translate(translation)
    codes = queries.codes_of_draft(translation.plan)
    parts = [(part[0], codes.get(part[0].key, FACTS), count(part)) for part in parts_of(pieces)]
    context = _context(translation) | {
        "parts": parts,
        "count": count(pieces),
        "may_publish": rules.may_correct(request.user, translation.plan),
    }
    return render(request, "plans/workbench/edit_translation.html", context)


@at_work
def save_translation(request: SignedIn, community: str, plan: str, language: str, part: str) -> HttpResponse:
    translation = _translation_for(request, community, plan, language)
    key = _key_of(translation, part)
    pieces = queries.part_to_translate(translation, key)
    form = TranslationForm(
        request.POST or None, translation=translation, part=pieces, initial={"seen": state_of(pieces)}
    )
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.save_translation(
                translation, by=request.user, key=key, texts=form.texts(), seen=form.cleaned_data["seen"]
            )
        except Refusal as refusal:
            # What was typed stands; the words beside it are those of now, and the next save is for them.
            form.add_error(None, str(refusal))
            data = request.POST.copy()
            data["seen"] = state_of(pieces)
            form.data = data
            status = refusal.status
        else:
            messages.success(request, _("Oversettelsen er lagret."))
            return redirect(_after(translation, part))
    context = _context(translation) | {"form": form, "part": pieces[0]}
    return render(request, "plans/workbench/save_translation.html", context, status=status)


@require_POST
@at_work
def publish_translation(request: SignedIn, community: str, plan: str, language: str) -> HttpResponse:
    translation = _translation_for(request, community, plan, language)
    actions.publish_translation(translation, by=request.user, public="public" in request.POST)
    return redirect(translation.get_work_url())


@require_safe
@kept
def translated_plan(
    request: HttpRequest, community: str, plan: str, language: str
) -> tuple[Plan, HttpResponse]:
    """The plan in another language: what is up to date, and else the words that hold, marked."""
    standing, translation, pieces = _public(community, plan, language)
    document = standing.revision.load()
    own = document.language
    say = partial(_on_page, language=own)
    read = translated(document, pieces, language, say=say)
    title, summary = of_plan(pieces, "title"), of_plan(pieces, "summary")
    context = context_of(request, standing, read) | {
        "translation": translation,
        "own_language": own,
        "own_title": document.title,
        "title_language": language if title and title.current else own,
        "rest": rest(_facts(standing, pieces)),
        "summary": say(summary) if summary else "",
        "summary_translated": summary.text if summary and summary.current else "",
        "own_headings": _own_headings(pieces, own),
        "changed": "",
        "downloads": downloads(standing.revision, language),
    }
    status = 422 if context["narrow"].errors else 200
    return standing.plan, render(request, "plans/translated_plan.html", context, status=status)


@require_safe
def translated_json(request: HttpRequest, community: str, plan: str, language: str) -> HttpResponse:
    """The same as a document, without marks: docs/plan-document.schema.json. What is not up to date in it,
    the API says."""
    standing, _translation, pieces = _public(community, plan, language)
    content = canonical(translated(standing.revision.load(), pieces, language))
    response = HttpResponse(content, content_type="application/json")
    response["ETag"] = f'"{sha256(content)}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _public(community: str, plan: str, language: str) -> tuple[Standing, Translation, list[Piece]]:
    """Raises Http404 and Withdrawn."""
    standing = queries.public_standing(community, plan)
    translation = get_object_or_404(queries.published_translations(standing.plan), language=language)
    summary = queries.summary_of(standing.plan)
    return (
        standing,
        translation,
        queries.translated_pieces(translation, standing.revision.load(), summary=summary),
    )


def _facts(standing: Standing, pieces: list[Piece]) -> TranslationFacts:
    counted = count(pieces)
    return TranslationFacts(
        source_language=standing.plan.language,
        source_address=standing.plan.get_absolute_url(),
        missing=counted["missing"],
        stale=counted["stale"],
    )


def _on_page(field: Field, *, language: str) -> str:
    """What the reader sees: words in the plan's own language carry it as `lang`, and a tag that says why."""
    if field.current or field.name == "title" or field.name.startswith(("alt:", "column:")):
        return field.shown  # the heading says its language itself; an attribute holds no tags
    return _marked(field, language)


def _own_headings(pieces: list[Piece], language: str) -> dict[str, str]:
    """Over a column the heading is marked; the same words are an attribute of each of its cells."""
    fields = [field for piece in pieces for field in piece.fields if field.name.startswith("column:")]
    return {field.source: _marked(field, language) for field in fields if not field.current}


def _marked(field: Field, language: str) -> str:
    tag = format_html(
        '<span class="ds-tag" data-color="warning" data-size="sm" lang="{}">{}</span>',
        text_language(),
        notes()[field.state],
    )
    source = mark_safe(field.source) if field.rich else linebreaksbr(field.source)  # noqa: S308 - cleaned when stored
    if field.name in BLOCK_HTML:
        return format_html('<p>{}</p><div lang="{}">{}</div>', tag, language, source)
    return format_html('<span lang="{}">{}</span> {}', language, source, tag)


def _translation_for(request: SignedIn, community: str, plan: str, language: str) -> Translation:
    target = queries.plan_for(request.user, community, plan, may=rules.may_edit)
    return get_object_or_404(target.translations.select_related("plan__community"), language=language)


def _key_of(translation: Translation, part: str) -> str:
    if part == FACTS:
        return ""
    codes = {code: key for key, code in queries.codes_of_draft(translation.plan).items()}
    if part not in codes:
        raise Http404
    return codes[part]


def _after(translation: Translation, part: str) -> str:
    """The next part, or the overview after the last."""
    codes = queries.codes_of_draft(translation.plan)
    names = [codes.get(found[0].key, FACTS) for found in parts_of(queries.to_translate(translation))]
    following = names[names.index(part) + 1 :] if part in names else []
    if not following:
        return translation.get_work_url()
    plan = translation.plan
    return reverse(
        "save_translation", args=[plan.community.slug, plan.slug, translation.language, following[0]]
    )


def _context(translation: Translation) -> dict[str, object]:
    return {"community": translation.plan.community, "plan": translation.plan, "translation": translation}
