"""Give what was recorded before its place in the log, and an index of what it mentions."""

import json

from django.db import migrations

from lrs.positions import LANES, first_position
from xapi.mentions import mentions

_BATCH = 2000


def find_places(apps, schema_editor):
    """Give every statement its position and write down what it mentions."""
    Statement = apps.get_model("lrs", "Statement")
    Mention = apps.get_model("lrs", "Mention")
    moment, place = None, 0
    changed, found = [], []
    rows = Statement.objects.order_by("stored", "sequence").iterator(chunk_size=_BATCH)
    for row in rows:
        place = place + LANES if row.stored == moment else first_position(row.stored)
        moment, row.position = row.stored, place
        changed.append(row)
        found += [
            Mention(key=key, direct=direct, position=place)
            for key, direct in mentions(json.loads(row.body)).items()
        ]
        if len(changed) == _BATCH:
            _write(Statement, Mention, changed, found)
            changed, found = [], []
    _write(Statement, Mention, changed, found)
    apps.get_model("lrs", "Epoch").objects.create()


def _write(Statement, Mention, changed, found):
    Statement.objects.bulk_update(changed, ["position"], batch_size=300)
    Mention.objects.bulk_create(found, batch_size=_BATCH)


class Migration(migrations.Migration):
    dependencies = [("lrs", "0002_store")]

    operations = [migrations.RunPython(find_places, migrations.RunPython.noop)]
