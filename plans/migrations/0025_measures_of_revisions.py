"""How many measures a frozen version has; its words become the last column, which no list reads through."""

from django.db import migrations, models


def count(apps, schema_editor):
    Revision = apps.get_model("plans", "Revision")
    RevisionItem = apps.get_model("plans", "RevisionItem")
    # The rows refuse change until the triggers are back, which every migrate sees to at its end.
    schema_editor.execute(
        "DROP TRIGGER IF EXISTS plans_revision_no_update"
        if schema_editor.connection.vendor == "sqlite"
        else "SELECT set_config('helsefellesskap.changes', 'plans_revision', true)"
    )
    measures = RevisionItem.objects.filter(item__kind="measure").values_list("revision")
    counts = dict(measures.annotate(models.Count("pk")))
    for revision in Revision.objects.values_list("pk", flat=True):
        Revision.objects.filter(pk=revision).update(measures=counts.get(revision, 0))


class Migration(migrations.Migration):

    dependencies = [
        ("plans", "0024_mentions"),
    ]

    operations = [
        migrations.AddField("revision", "measures", models.PositiveIntegerField("tiltak", default=0)),
        migrations.RunPython(count, migrations.RunPython.noop),
        # The fields' order in later migrations; then SQLite makes the table anew with what changes at its end.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("revision", "content"),
                migrations.AddField("revision", "content", models.TextField("innhold"), preserve_default=False),
            ]
        ),
        migrations.AlterField("revision", "content", models.TextField("innhold", null=True)),
        migrations.AlterField("revision", "content", models.TextField("innhold")),
    ]
