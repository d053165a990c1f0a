from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = _("Planer")

    def ready(self) -> None:
        from committees import links, searched, subjects

        from . import matters
        from .actions.decisions import PlanSubjects
        from .importers.sandbox import holds_national_id
        from .queries.hearing import hearing_opened_by
        from .queries.reviews import opened_by, papers_with
        from .queries.status import round_opened_by

        post_migrate.connect(_protect_rows, sender=self)
        subjects.register(PlanSubjects())
        searched.register(holds_national_id)
        matters.register()
        links.register("hearing", resolve=hearing_opened_by)
        links.register("review", resolve=opened_by, papers=papers_with)
        links.register("status", resolve=round_opened_by)


def _protect_rows(sender: AppConfig, using: str, **kwargs: object) -> None:
    from helsefellesskap.databases import install_append_only

    from .models import (
        Adoption,
        Correction,
        FileHash,
        LinguisticChange,
        Revision,
        RevisionItem,
        Stance,
        StatusReport,
        Withdrawal,
    )
    from .search.database import install as install_search

    for model in (
        Revision,
        RevisionItem,
        Adoption,
        Stance,
        LinguisticChange,
        StatusReport,
        Correction,
        Withdrawal,
        FileHash,
    ):
        install_append_only(model, using)
    install_search(using)
