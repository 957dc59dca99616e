

from datetime import timedelta
from itertools import islice

import people.validation
import uuid
import wagtail.fields
from django.db import migrations, models
from django.utils import timezone


def give_tickets(apps, schema_editor):
    """Let those be asked who completed a course lately, as whoever completes one from now on."""
    completed = apps.get_model("courses", "Enrolment").objects.filter(
        withdrawn_at=None, completed_at__gte=timezone.now() - timedelta(days=180)
    )
    ticket = apps.get_model("assessments", "SurveyTicket")
    registrations = completed.values_list("registration", flat=True).iterator()
    for some in iter(lambda: list(islice(registrations, 1000)), []):
        ticket.objects.bulk_create(
            ticket(registration=one, kind=kind)
            for one in some
            for kind in ("satisfaction", "pulse")
        )


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0017_forms'),
        ('courses', '0004_refresher'),
    ]

    operations = [
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('satisfaction', 'At the end of a course'), ('pulse', 'Three months later')], max_length=20, unique=True, verbose_name='when it is asked')),
                ('is_offered', models.BooleanField(default=True, verbose_name='offered to learners')),
                ('questions', wagtail.fields.StreamField([('scale', 3), ('choice', 8)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'For readers of English.', 'label': 'In English', 'max_length': 200}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': 'As it is said, in Cyrillic.', 'label': 'In Serbian Cyrillic', 'max_length': 200, 'validators': [people.validation.write_in_cyrillic]}), 2: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Those who agree mostly or fully are counted as recommending it.', 'label': 'Asks whether they would recommend the course', 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('en', 0), ('sr', 1), ('recommends', 2)]], {}), 4: ('wagtail.blocks.StructBlock', [[('en', 0), ('sr', 1)]], {}), 5: ('wagtail.blocks.ListBlock', (4,), {'help_text': 'None of them may tell who somebody is.', 'label': 'Answers', 'max_num': 8, 'min_num': 2}), 6: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'As many as apply may be chosen.', 'label': 'Several answers', 'required': False}), 7: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'Whoever chooses nothing is counted as not having answered it.', 'label': 'May be left open', 'required': False}), 8: ('wagtail.blocks.StructBlock', [[('en', 0), ('sr', 1), ('options', 5), ('several', 6), ('optional', 7)]], {})}, verbose_name='questions')),
            ],
            options={
                'verbose_name': 'survey',
                'verbose_name_plural': 'surveys',
                'ordering': ['-kind'],
            },
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('satisfaction', 'At the end of a course'), ('pulse', 'Three months later')], max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('course_key', models.UUIDField()),
                ('profession_key', models.CharField(blank=True, help_text='Empty where fewer than five would share it.', max_length=50)),
                ('week', models.DateField(help_text='The Monday of the week in which the urn was emptied.')),
                ('answers', models.JSONField(help_text='Keys of what was chosen, by question.')),
            ],
            options={
                'indexes': [models.Index(models.F('kind'), models.F('version'), models.F('course_key'), models.F('week'), name='survey_answers')],
            },
        ),
        migrations.CreateModel(
            name='SurveyTicket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('registration', models.UUIDField()),
                ('kind', models.CharField(choices=[('satisfaction', 'At the end of a course'), ('pulse', 'Three months later')], max_length=20)),
                ('is_spent', models.BooleanField(default=False)),
                ('is_written_to', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('registration'), models.F('kind'), name='one_ticket_each')],
            },
        ),
        migrations.CreateModel(
            name='SurveyUrn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('satisfaction', 'At the end of a course'), ('pulse', 'Three months later')], max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('course_key', models.UUIDField()),
                ('profession_key', models.CharField(blank=True, max_length=50)),
                ('sealed', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('kind'), models.F('course_key'), models.F('version'), models.F('profession_key'), name='one_urn_each')],
            },
        ),
        migrations.CreateModel(
            name='SurveyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('satisfaction', 'At the end of a course'), ('pulse', 'Three months later')], max_length=20)),
                ('number', models.PositiveIntegerField()),
                ('questions', models.JSONField(help_text='Keys, types and words in both languages.')),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['kind', 'number'],
                'constraints': [models.UniqueConstraint(models.F('kind'), models.F('number'), name='one_survey_version_each')],
            },
        ),
        migrations.RunPython(give_tickets, migrations.RunPython.noop),
    ]
