"""Whom and which patient groups frozen words name, read from the words that there are."""

import json

import django.db.models.deletion
from django.db import migrations, models


def remember(apps, schema_editor):
    Revision = apps.get_model("plans", "Revision")
    RevisionMention = apps.get_model("plans", "RevisionMention")
    for revision, content in Revision.objects.values_list("pk", "content").iterator(chunk_size=20):
        RevisionMention.objects.bulk_create(
            RevisionMention(revision_id=revision, what=what, key=key)
            for what, key in {found for section in json.loads(content)["sections"] for found in _in(section)}
        )


def _in(section):
    for goal in section["goals"]:
        for measure in goal["measures"]:
            for body in (measure.get("responsible") or {}).get("bodies", ()):
                yield "responsible", body["key"]
            for group in (*goal.get("patient_groups", ()), *measure.get("patient_groups", ())):
                yield "patient_group", group
    for below in section["sections"]:
        yield from _in(below)


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0023_public_comparisons"),
    ]

    operations = [
        migrations.CreateModel(
            name="RevisionMention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[("responsible", "ansvarlig"), ("patient_group", "pasientgruppe")],
                        max_length=20,
                    ),
                ),
                ("key", models.CharField(max_length=100)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="plans.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("what", "key", "revision"), name="revision_mention_once")
                ],
            },
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
