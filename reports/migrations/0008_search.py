from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What the index holds can be made anew at any time, so the migration makes it as the code of the day wants it.
from reports.fulltext.index import TABLE, create


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    create(schema_editor.connection)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_assignees")]

    operations = [
        migrations.RunPython(make, drop),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(fields=["state", "-published_at"], name="version_by_publication"),
        ),
    ]
