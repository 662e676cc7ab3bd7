from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What the index holds can be made anew at any time, so the migration makes it as the code of the day wants it.
from reports.catalogue.text_index import TABLE, create


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    create(schema_editor.connection)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
