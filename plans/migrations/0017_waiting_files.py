"""Files made before are remembered by their hash; the kinds that are new wait to be made (`make_files`)."""

import json

from django.db import migrations


def remember(apps, schema_editor):
    RevisionFile = apps.get_model("plans", "RevisionFile")
    FileHash = apps.get_model("plans", "FileHash")
    Revision = apps.get_model("plans", "Revision")
    for made in RevisionFile.objects.exclude(file=None).select_related("file"):
        FileHash.objects.get_or_create(
            revision_id=made.revision_id,
            sha256=made.file.sha256,
            defaults={"format": made.format, "made_at": made.made_at or made.file.stored_at},
        )
    for revision in Revision.objects.filter(publication__isnull=False).iterator():
        formats = ["pdf", "docx", "txt"]
        if any(_measures(section) for section in json.loads(revision.content)["sections"]):
            formats += ["csv", "xlsx"]
        for format in formats:
            RevisionFile.objects.get_or_create(revision=revision, format=format)


def _measures(section):
    return any(goal["measures"] for goal in section["goals"]) or any(map(_measures, section["sections"]))


class Migration(migrations.Migration):

    dependencies = [
        ("plans", "0016_file_hashes"),
    ]

    operations = [
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
