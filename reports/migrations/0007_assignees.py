from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0006_sketches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="about",
            field=models.CharField(blank=True, max_length=64, verbose_name="疑点"),
        ),
        migrations.AddField(
            model_name="finding",
            name="assignee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="assigned_findings",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="action",
            field=models.CharField(
                choices=[
                    ("created", "新建"),
                    ("saved", "保存"),
                    ("imported", "导入"),
                    ("sent", "送审"),
                    ("submitted", "提交"),
                    ("returned", "退回"),
                    ("withdrawn", "撤回"),
                    ("published", "公开"),
                    ("located", "登记公开"),
                    ("corrected", "更正"),
                    ("explained", "说明"),
                    ("decided", "处理疑点"),
                    ("assigned", "分派疑点"),
                ],
                max_length=10,
                verbose_name="操作",
            ),
        ),
        migrations.CreateModel(
            name="BulkAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=10, verbose_name="操作")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("done", models.JSONField(default=dict, verbose_name="已处理")),
                ("refused", models.JSONField(default=dict, verbose_name="未处理")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "批量处理", "verbose_name_plural": "批量处理", "ordering": ["-pk"]},
        ),
    ]
