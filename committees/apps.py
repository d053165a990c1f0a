from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = _("Utvalg, møter og saker")

    def ready(self) -> None:
        from partners import roles

        from .seats import seats_held

        roles.register(seats_held)
