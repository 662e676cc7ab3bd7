from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('reports', '0004_elsewhere'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeadlineChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('set', '规定期限'), ('removed', '取消规定'), ('asked', '申请延期'), ('granted', '同意延期'), ('declined', '不同意延期'), ('withdrawn', '收回延期')], max_length=9, verbose_name='操作')),
                ('year', models.PositiveSmallIntegerField(verbose_name='报告年度')),
                ('kind', models.CharField(blank=True, choices=[('government', '人民政府'), ('committee', '管理委员会'), ('township', '乡镇人民政府'), ('subdistrict', '街道办事处'), ('department', '政府部门'), ('other_unit', '农场、监狱、企业等')], max_length=12, verbose_name='适用于')),
                ('before', models.DateField(blank=True, null=True, verbose_name='原期限')),
                ('after', models.DateField(blank=True, null=True, verbose_name='新期限')),
                ('comment', models.TextField(blank=True, verbose_name='理由')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.agency', verbose_name='机构')),
                ('division', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.division', verbose_name='区划')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '期限变更记录',
                'verbose_name_plural': '期限变更记录',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='报告年度')),
                ('until', models.DateField(verbose_name='延至')),
                ('reason', models.TextField(verbose_name='理由')),
                ('state', models.CharField(choices=[('asked', '待答复'), ('granted', '已同意'), ('declined', '未同意'), ('withdrawn', '已收回')], default='asked', max_length=9, verbose_name='状态')),
                ('answer', models.TextField(blank=True, verbose_name='答复')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='提出时间')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='agencies.agency', verbose_name='机构')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '延期',
                'verbose_name_plural': '延期',
                'ordering': ['-year', 'agency_id', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'granted'])), fields=('agency', 'year', 'state'), name='one_extension_asked_and_one_in_force')],
            },
        ),
        migrations.CreateModel(
            name='LocalDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='报告年度')),
                ('kind', models.CharField(blank=True, choices=[('government', '人民政府'), ('committee', '管理委员会'), ('township', '乡镇人民政府'), ('subdistrict', '街道办事处'), ('department', '政府部门'), ('other_unit', '农场、监狱、企业等')], max_length=12, verbose_name='适用于')),
                ('due', models.DateField(verbose_name='公开期限')),
                ('opens', models.DateField(blank=True, null=True, verbose_name='开始填报')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='依据或说明')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='local_dates', to='agencies.division', verbose_name='区划')),
            ],
            options={
                'verbose_name': '本地期限',
                'verbose_name_plural': '本地期限',
                'ordering': ['-year', 'division_id', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('division', 'year', 'kind'), name='one_local_date_per_division_year_kind'), models.CheckConstraint(condition=models.Q(('opens__isnull', True), ('opens__lte', models.F('due')), _connector='OR'), name='filing_opens_before_it_is_due', violation_error_message='开始填报的日期晚于公开期限。')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='报告年度')),
                ('matter', models.CharField(choices=[('returned', '已退回，等待修改'), ('missing', '还没有开始'), ('unfinished', '还没有提交')], max_length=10, verbose_name='事项')),
                ('day', models.DateField(verbose_name='日期')),
                ('sent_to', models.EmailField(max_length=254, verbose_name='电子邮箱')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='agencies.agency', verbose_name='机构')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '催报记录',
                'verbose_name_plural': '催报记录',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'agency', 'year', 'matter', 'day'), name='one_reminder_per_person_matter_and_day')],
            },
        ),
    ]
