import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0010_point_effects'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='withdrawal',
            name='followed_by',
        ),
        migrations.AddField(
            model_name='withdrawal',
            name='was_public_from',
            field=models.DateField(default=django.utils.timezone.localdate, verbose_name='var offentlig fra'),
            preserve_default=False,
        ),
    ]
