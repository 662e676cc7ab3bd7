"""Scopes of five kinds, each with how it is known. What was stored was read by a rule that took silence for the body's own
report: it is kept as the record committed to it, and known from now on only as far as its words or its kind of body say."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

AT_ONCE = 500


def tell_apart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    versions = apps.get_model("reports", "Version")._default_manager.using(schema_editor.connection.alias)
    public = versions.filter(state__in=("published", "superseded")).order_by("pk")
    after = 0
    while chunk := list(public.filter(pk__gt=after).only("scope_kind", "scope_units", "scope_quote")[:AT_ONCE]):
        for version in chunk:
            version.scope_published = {
                "kind": version.scope_kind,
                "units": version.scope_units,
                "quote": version.scope_quote,
            }
        versions.bulk_update(chunk, ["scope_published"], batch_size=100)
        after = chunk[-1].pk
    covering = versions.filter(scope_kind="subtree")
    covering.filter(scope_units=[]).update(scope_kind="area", scope_by="text")
    covering.filter(scope_kind="subtree").update(scope_kind="units", scope_by="text")
    own = versions.filter(scope_kind="own", scope_by="")
    own.exclude(scope_quote="").update(scope_by="text")
    for_itself = Q(report__agency__kind__in=("township", "subdistrict", "department"))
    own.filter(pk__in=own.filter(for_itself).values("pk")).update(scope_by="kind")
    own.update(scope_kind="unknown")


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_which_installation_this_is")]

    operations = [
        migrations.AddField(
            model_name="version",
            name="scope_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("kind", "按机构类别"),
                    ("text", "据报告原话"),
                    ("sums", "据各单位数据之和"),
                    ("person", "由人工认定"),
                ],
                max_length=6,
                verbose_name="统计范围依据",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="scope_published",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="version",
            name="scope_kind",
            field=models.CharField(
                choices=[
                    ("own", "本机关"),
                    ("government", "本级政府及其部门"),
                    ("area", "全辖区汇总"),
                    ("units", "所列单位"),
                    ("unknown", "未说明"),
                ],
                default="unknown",
                max_length=10,
                verbose_name="统计范围",
            ),
        ),
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
    ]
