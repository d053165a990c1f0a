from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = _("Utvalg, møter og saker")

    def ready(self) -> None:
        from partners import roles

        from . import links, matters
        from .queries.links import meetings_opened_by, papers_opened_by
        from .seats import seats_held

        matters.register()
        roles.register(seats_held)
        links.register("papers", resolve=papers_opened_by, papers=meetings_opened_by)
        post_migrate.connect(_protect_rows, sender=self)


def _protect_rows(sender: AppConfig, using: str, **kwargs: object) -> None:
    from helsefellesskap.databases import install_append_only

    from .models import AuthorityUse, Papers

    for model in (AuthorityUse, Papers):
        install_append_only(model, using)
