from django.db import migrations, models

from serbian import fold


def fold_names(apps, schema_editor):
    """Give the sheets there are what a search without accents looks at."""
    Sheet = apps.get_model("certificates", "Sheet")
    for sheet in Sheet.objects.only("name_latin", "name_cyrillic").iterator():
        folded = fold(f"{sheet.name_latin} {sheet.name_cyrillic}".strip())
        Sheet.objects.filter(pk=sheet.pk).update(name_folded=folded)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0007_renewal")]

    operations = [
        migrations.AddField(
            model_name="sheet",
            name="name_folded",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="For a search without accents.",
                max_length=420,
            ),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop, elidable=True),
    ]
