from django.db import migrations


def put_on_agendas(apps, schema_editor):
    """A case knew one meeting; now meetings list their cases."""
    Case = apps.get_model("committees", "Case")
    AgendaItem = apps.get_model("committees", "AgendaItem")
    AgendaItem.objects.bulk_create(
        AgendaItem(case_id=case, meeting_id=meeting)
        for case, meeting in Case.objects.exclude(meeting=None).values_list("pk", "meeting")
    )


class Migration(migrations.Migration):

    dependencies = [
        ('committees', '0003_meetings'),
    ]

    operations = [
        migrations.RunPython(put_on_agendas, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='case',
            name='meeting',
        ),
    ]
