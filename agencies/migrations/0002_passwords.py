from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='must_change_password',
            field=models.BooleanField(default=False, verbose_name='须先修改密码'),
        ),
        migrations.AddField(
            model_name='user',
            name='phone',
            field=models.CharField(blank=True, max_length=60, verbose_name='电话'),
        ),
        migrations.CreateModel(
            name='AccountRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('issued', '开通'), ('taken_over', '接替'), ('left', '移交'), ('reset', '重置密码'), ('deactivated', '停用'), ('reactivated', '恢复'), ('changed_password', '修改密码')], max_length=16, verbose_name='操作')),
                ('username', models.CharField(max_length=150, verbose_name='用户名')),
                ('role', models.CharField(blank=True, choices=[('clerk', '填报员'), ('reviewer', '审核员'), ('supervisor', '主管部门')], max_length=10, verbose_name='角色')),
                ('comment', models.CharField(blank=True, max_length=200, verbose_name='备注')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agencies.agency', verbose_name='机构')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='records', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
            ],
            options={
                'verbose_name': '账号记录',
                'verbose_name_plural': '账号记录',
                'ordering': ['-pk'],
            },
        ),
    ]
