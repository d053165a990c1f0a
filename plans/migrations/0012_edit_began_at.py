import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0011_withdrawal"),
    ]

    operations = [
        migrations.AddField(
            model_name="edit",
            name="began_at",
            field=models.DateTimeField(
                auto_now_add=True, default=django.utils.timezone.now, verbose_name="begynt"
            ),
            preserve_default=False,
        ),
    ]
