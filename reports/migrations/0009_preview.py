from __future__ import annotations

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_search")]

    operations = [
        migrations.AddField(
            model_name="pendingimport",
            name="corrections",
            field=models.JSONField(blank=True, default=dict, verbose_name="改正"),
        ),
        migrations.AddField(
            model_name="pendingimport",
            name="decisions",
            field=models.JSONField(blank=True, default=dict, verbose_name="选择"),
        ),
        migrations.AddField(
            model_name="pendingimport",
            name="changed_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="修改时间"),
        ),
        migrations.AddField(
            model_name="version",
            name="also_from",
            field=models.ManyToManyField(
                blank=True, related_name="also_in", to="reports.source", verbose_name="其他来源文件"
            ),
        ),
    ]
