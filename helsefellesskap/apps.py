from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class GroundConfig(AppConfig):
    name = "helsefellesskap"

    def ready(self) -> None:
        from . import catalogues, databases, languages

        catalogues.compile_changed()
        languages.let_the_form_fill_in()

        connection_created.connect(databases.speak_norwegian)
        # The ground has no tables of its own, and Django sends the signal only for apps that have.
        post_migrate.connect(_make_cache_table, sender=apps.get_app_config("sessions"))


def _make_cache_table(sender: AppConfig, using: str, **kwargs: object) -> None:
    """The shared cache lives in the database; making its table is idempotent."""
    call_command("createcachetable", database=using, verbosity=0)
