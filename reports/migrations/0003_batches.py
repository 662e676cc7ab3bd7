from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0002_sent_to_reviewer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='finding',
            name='earlier',
            field=models.JSONField(blank=True, default=list, verbose_name='规则修订前的结论'),
        ),
        migrations.AddField(
            model_name='version',
            name='checked_with',
            field=models.CharField(blank=True, db_index=True, max_length=12, verbose_name='核对所用规则'),
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('import', '批量导入'), ('recheck', '重新核对')], max_length=10, verbose_name='种类')),
                ('state', models.CharField(choices=[('waiting', '排队中'), ('running', '进行中'), ('stopped', '已停止'), ('done', '已完成'), ('failed', '已中断')], default='waiting', max_length=10, verbose_name='状态')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='已完成')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='总数')),
                ('at_hand', models.CharField(blank=True, max_length=500, verbose_name='正在处理')),
                ('result', models.JSONField(blank=True, default=dict, verbose_name='结果')),
                ('stop_asked', models.BooleanField(default=False, verbose_name='要求停止')),
                ('language', models.CharField(default='zh-hans', max_length=10, verbose_name='语言')),
                ('holder', models.CharField(blank=True, max_length=32, verbose_name='执行者')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='租约到期')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='接手次数')),
                ('done_before', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='创建时间')),
                ('begun_at', models.DateTimeField(blank=True, null=True, verbose_name='开始时间')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='jobs', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '后台任务',
                'verbose_name_plural': '后台任务',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, verbose_name='名称')),
                ('as_draft', models.BooleanField(default=False, verbose_name='作为草稿')),
                ('hold_doubtful', models.BooleanField(default=True, verbose_name='有疑问的先等人核对')),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='batch', to='reports.job', verbose_name='后台任务')),
            ],
            options={
                'verbose_name': '批量导入',
                'verbose_name_plural': '批量导入',
                'ordering': ['-job_id'],
            },
        ),
        migrations.CreateModel(
            name='BatchFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='序号')),
                ('name', models.CharField(max_length=500, verbose_name='文件')),
                ('place', models.CharField(blank=True, max_length=200)),
                ('member', models.TextField(blank=True)),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('fate', models.CharField(choices=[('waiting', '未开始'), ('reading', '正在读取'), ('stored', '已存入'), ('unchanged', '已有，未变'), ('pending', '等待人工处理'), ('failed', '未能导入')], default='waiting', max_length=10, verbose_name='结果')),
                ('message', models.TextField(blank=True, verbose_name='说明')),
                ('doubts', models.PositiveIntegerField(default=0, verbose_name='疑问')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='reports.batch', verbose_name='批次')),
                ('pending', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='batch_files', to='reports.pendingimport')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='batch_files', to='reports.version')),
            ],
            options={
                'verbose_name': '批次文件',
                'verbose_name_plural': '批次文件',
                'ordering': ['batch_id', 'position'],
                'indexes': [models.Index(fields=['batch', 'fate'], name='batch_file_by_fate')],
                'constraints': [models.UniqueConstraint(fields=('batch', 'position'), name='one_batch_file_per_position')],
            },
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['state', 'lease_until'], name='job_by_lease'),
        ),
    ]
