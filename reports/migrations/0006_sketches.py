from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_deadlines")]

    operations = [
        migrations.CreateModel(
            name="TextSketch",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sketch",
                        serialize=False,
                        to="reports.version",
                        verbose_name="报告版本",
                    ),
                ),
                ("digest", models.CharField(max_length=32)),
            ],
            options={"verbose_name": "文字特征", "verbose_name_plural": "文字特征"},
        ),
        migrations.CreateModel(
            name="TextBand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="报告年度")),
                ("value", models.BigIntegerField()),
                (
                    "sketch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="reports.textsketch",
                        verbose_name="文字特征",
                    ),
                ),
            ],
            options={
                "verbose_name": "文字特征段",
                "verbose_name_plural": "文字特征段",
                "indexes": [models.Index(fields=["value", "year"], name="text_by_band")],
            },
        ),
    ]
