
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='name',
            field=models.CharField(blank=True, max_length=100, verbose_name='navn'),
        ),
        migrations.AddField(
            model_name='revision',
            name='note',
            field=models.TextField(blank=True, verbose_name='merknad'),
        ),
        migrations.AlterField(
            model_name='revision',
            name='purpose',
            field=models.CharField(choices=[('adoption', 'til vedtak'), ('received', 'som mottatt'), ('named', 'navngitt underveis'), ('review', 'til behandling')], max_length=20, verbose_name='formål'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(condition=models.Q(('name', ''), _negated=True), fields=('plan', 'name'), name='revision_named_once'),
        ),
    ]
