"""A plan in another language: begun, its fields saved, shown to the public or taken from it again."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from helsefellesskap.national_id import find
from helsefellesskap.richtext import plain
from partners.models import Audit, User
from plans import queries, rules
from plans.models import Item, Plan, TranslatedText, Translation
from plans.renderings import drop_renderings
from plans.search.index import index_plan
from plans.translating import Piece, digest, state_of

from .files import request_translated_files


@transaction.atomic
def translate_plan(plan: Plan, *, by: User, language: str) -> Translation:
    """An empty translation of the plan, to be filled field by field.

    Raises NotAllowed, Refusal (the plan is in that language itself) and Conflict (it has one already).
    """
    plan = locked(Plan.objects).select_related("community").get(pk=plan.pk)
    _allowed(by, plan)
    if language == plan.language:
        raise Refusal(_("Planen er på dette språket fra før."))
    if plan.translations.filter(language=language).exists():
        raise Conflict(_("Planen har en oversettelse til dette språket fra før."))
    translation = Translation.objects.create(plan=plan, language=language, made_by=by)
    _log(translation, by, "translate_plan", "Oversettelse av «%(plan)s» til %(language)s begynt.")
    return translation


@transaction.atomic
def save_translation(
    translation: Translation, *, by: User, key: str, texts: Mapping[tuple[str, str], str], seen: str
) -> None:
    """Saves fields of one part: (key of the piece, field) → words in the other language; empty takes away.

    What is saved holds for the words as they are now; a field that is not in `texts` stays as it was. `key`
    is the part's: a section's item, or empty for the plan's own facts. `seen` is `state_of` the part when the
    form was made: what was written from other words, or over somebody else's, is refused.
    Raises NotAllowed, Conflict and Refusal (a number that names a person).
    """
    translation = _locked(translation)
    _allowed(by, translation.plan)
    part = queries.part_to_translate(translation, key)
    if state_of(part) != seen:
        raise Conflict(
            _("Planen eller oversettelsen er endret siden du åpnet siden. Se over, og lagre igjen.")
        )
    for piece in part:
        for field in piece.fields:
            if (piece.key, field.name) in texts:
                text = texts[piece.key, field.name]
                _save(translation, by, piece, field.name, field.source, text)
    if translation.published_at:
        _show(translation.plan, soon=True)
        _log(translation, by, "save_translation", "Oversettelsen av «%(plan)s» til %(language)s endret.")


def _locked(translation: Translation) -> Translation:
    """Under the plan's lock, which every writer of its translations takes: what the public reads and finds of
    it is made of the plan and of all of them."""
    plan = locked(Plan.objects).select_related("community").get(pk=translation.plan_id)
    found = plan.translations.filter(pk=translation.pk).first()
    if found is None:
        raise Conflict(_("Oversettelsen er tatt bort sammen med planen."))
    found.plan = plan
    return found


def _show(plan: Plan, *, soon: bool = False) -> None:
    """What the public reads, finds and fetches follows."""
    drop_renderings(plan)
    index_plan(plan)
    request_translated_files(plan, soon=soon)


def _save(translation: Translation, by: User, piece: Piece, name: str, source: str, text: str) -> None:
    if find(plain(text)):
        raise Refusal(_("Oversettelsen inneholder et gyldig fødselsnummer eller D-nummer. Ta det ut."))
    item = Item.objects.get(pk=piece.key) if piece.key else None
    if not text:
        translation.texts.filter(item=item, field=name).delete()
        return
    TranslatedText.objects.update_or_create(
        translation=translation,
        item=item,
        field=name,
        defaults={"text": text, "source_sha256": digest(source), "by": by},
    )


@transaction.atomic
def publish_translation(translation: Translation, *, by: User, public: bool) -> None:
    """Shows the translation beside the public plan, or takes it away again. Stances and adoption are the
    plan's own, and touch it nowhere. Raises NotAllowed, Conflict and WrongState (nothing of it is
    translated)."""
    translation = _locked(translation)
    if not rules.may_correct(by, translation.plan):
        raise NotAllowed(_("Bare sekretariatet kan publisere en oversettelse."))
    if public and not translation.texts.exists():
        raise WrongState(_("Ingenting er oversatt ennå."))
    translation.published_at = timezone.now() if public else None
    translation.save(update_fields=["published_at"])
    _show(translation.plan)
    what = "Oversettelsen av «%(plan)s» til %(language)s publisert."
    if not public:
        what = "Oversettelsen av «%(plan)s» til %(language)s tatt ned."
    _log(translation, by, "publish_translation", what)


def _allowed(by: User, plan: Plan) -> None:
    if not rules.may_edit(by, plan):
        raise NotAllowed(_("Bare de som kan endre utkastet, kan oversette planen."))


def _log(translation: Translation, by: User, verb: str, what: str) -> None:
    words = {"plan": translation.plan.title, "language": translation.get_language_display}
    Audit.objects.write(translation.plan.community, by=by, verb=verb, what=what, facts=words)
