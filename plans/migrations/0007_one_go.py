from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0006_fate"),
    ]

    operations = [
        migrations.AddField(
            model_name="edit",
            name="together",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="edit",
            name="undoing",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
