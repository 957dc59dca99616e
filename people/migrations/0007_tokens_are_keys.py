from django.db import migrations


class Migration(migrations.Migration):
    # Apart from the copying: PostgreSQL alters no table in a transaction that has written to it.

    dependencies = [
        ('people', '0006_client_keys'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='machineclient',
            name='expires_at',
        ),
        migrations.RemoveField(
            model_name='machineclient',
            name='last_used_on',
        ),
        migrations.RemoveField(
            model_name='machineclient',
            name='token_sha256',
        ),
    ]
