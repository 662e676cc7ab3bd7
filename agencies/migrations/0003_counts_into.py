"""Every agency counts into the nearest one above by the codes; supervisors change that where it is otherwise."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from agencies.codes import codes_above


def begin_as_coded(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    agencies = apps.get_model("agencies", "Agency")._default_manager.using(schema_editor.connection.alias)
    relations = apps.get_model("agencies", "CountsInto")
    registered = {code: dates for code, *dates in agencies.values_list("code", "valid_from", "valid_to")}
    rows = [
        relations(agency_id=code, whole_id=whole, valid_from=founded, valid_to=ended)
        for code, (founded, ended) in sorted(registered.items())
        if (whole := next((above for above in codes_above(code) if above in registered), None))
    ]
    relations._default_manager.using(schema_editor.connection.alias).bulk_create(rows, batch_size=2000)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_accounts_record_names_and_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountingRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_by_username', models.CharField(blank=True, editable=False, max_length=150, verbose_name='用户名')),
                ('made_by_name', models.CharField(blank=True, editable=False, max_length=301, verbose_name='姓名')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
                ('salts', models.JSONField(default=dict, editable=False)),
                ('since', models.DateField(verbose_name='自')),
                ('comment', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='计入')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='机构')),
                ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='原计入')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '计入关系的变更',
                'verbose_name_plural': '计入关系的变更',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='CountsInto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='起')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='止')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='counts_into', to='agencies.agency', verbose_name='机构')),
                ('whole', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='agencies.agency', verbose_name='计入')),
            ],
            options={
                'verbose_name': '计入关系',
                'verbose_name_plural': '计入关系',
                'ordering': ['agency_id', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'valid_from'), name='one_whole_from_a_day_on'), models.UniqueConstraint(condition=models.Q(('valid_from', None)), fields=('agency',), name='one_whole_from_the_beginning'), models.CheckConstraint(condition=models.Q(('agency', models.F('whole')), _negated=True), name='nobody_counts_into_itself')],
            },
        ),
        migrations.RunPython(begin_as_coded, migrations.RunPython.noop),
    ]
