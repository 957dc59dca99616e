from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assessments", "0012_objectives_filled")]

    operations = [migrations.RemoveField(model_name="question", name="objective_text")]
