from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0002_passwords")]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="pinyin",
            field=models.TextField(blank=True, editable=False, verbose_name="拼音"),
        ),
        migrations.AddField(
            model_name="division",
            name="pinyin",
            field=models.TextField(blank=True, editable=False, verbose_name="拼音"),
        ),
    ]
