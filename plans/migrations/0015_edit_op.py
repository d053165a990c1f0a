from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0014_mends"),
    ]

    operations = [
        migrations.AddField(
            model_name="edit",
            name="op",
            field=models.UUIDField(blank=True, db_index=True, editable=False, null=True),
        ),
    ]
