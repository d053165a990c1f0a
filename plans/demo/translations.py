"""The demo's translation: the plan in force in English, our own words. Two texts are left for later; and a
correction that comes after it leaves one behind, so that every mark is seen."""

from partners.models import User
from plans.actions.translate_plan import publish_translation, save_translation, translate_plan
from plans.models import Plan
from plans.queries.translations import to_translate
from plans.translating import parts_of, state_of

from .tables import rows


def add_translation(plan: Plan, *, by: User) -> None:
    """By the words in `data/translations.csv`: the same words are the same wherever they stand."""
    words = {row["source"]: row["text"] for row in rows("translations", plan.community.slug)}
    translation = translate_plan(plan, by=by, language="en")
    for part in parts_of(to_translate(translation)):
        texts = {
            (piece.key, field.name): words[field.source]
            for piece in part
            for field in piece.fields
            if field.source in words
        }
        save_translation(translation, by=by, key=part[0].key, texts=texts, seen=state_of(part))
    publish_translation(translation, by=by, public=True)
