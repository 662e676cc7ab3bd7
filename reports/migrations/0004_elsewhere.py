from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_batches")]

    operations = [
        migrations.AddField(
            model_name='report',
            name='official_on',
            field=models.DateField(blank=True, null=True, verbose_name='官方公开日期'),
        ),
        migrations.AddField(
            model_name='report',
            name='official_url',
            field=models.URLField(blank=True, max_length=500, verbose_name='官方公开网址'),
        ),
        migrations.AlterField(
            model_name='change',
            name='action',
            field=models.CharField(choices=[('created', '新建'), ('saved', '保存'), ('imported', '导入'), ('sent', '送审'), ('submitted', '提交'), ('returned', '退回'), ('withdrawn', '撤回'), ('published', '公开'), ('located', '登记公开'), ('corrected', '更正'), ('explained', '说明'), ('decided', '处理疑点')], max_length=10, verbose_name='操作'),
        ),
    ]
