"""Every statement has its position now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lrs", "0003_places")]

    operations = [
        migrations.AlterField("statement", "position", models.BigIntegerField(unique=True))
    ]
