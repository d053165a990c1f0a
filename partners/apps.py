from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Parter og avtaler")

    def ready(self) -> None:
        post_migrate.connect(_protect_rows, sender=self)


def _protect_rows(sender: AppConfig, using: str, **kwargs: object) -> None:
    from helsefellesskap.databases import install_append_only

    from .models import AgreementVersion, Audit

    for model in (Audit, AgreementVersion):
        install_append_only(model, using)
