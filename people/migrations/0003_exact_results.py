from django.db import migrations, models


class Migration(migrations.Migration):
    """The exact result becomes a right of its own; mandates there are keep what they see."""

    dependencies = [("people", "0002_validation")]

    operations = [
        migrations.AddField(
            model_name="mandate",
            name="exact_results",
            field=models.BooleanField(
                default=True,
                help_text="Sees results in per cent, not only the ten per cent they lie in.",
                verbose_name="exact results",
            ),
        ),
        migrations.AlterField(
            model_name="mandate",
            name="exact_results",
            field=models.BooleanField(
                default=False,
                help_text="Sees results in per cent, not only the ten per cent they lie in.",
                verbose_name="exact results",
            ),
        ),
    ]
