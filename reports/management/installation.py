"""What has to hold around the program: each check yields one sentence for each thing that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.record import triggers
from reports.models import Source, Worker
from reports.originals.belonging import NotOurOriginals, require_own_originals
from reports.takedown.applying import missing, not_listed

THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "testserver"}
MIN_KEY_LENGTH = 50
SAMPLE = 20


def migrated() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        names = "、".join(f"{migration.app_label}.{migration.name}" for migration, _backwards in pending)
        yield _("有迁移没有执行：%(names)s。请运行 python manage.py migrate。") % {"names": names}


def protected() -> Iterator[str]:
    for table in triggers.missing():
        words = {"table": table}
        yield _("表 %(table)s 的触发器缺失或被改动，记录可以被改写。请运行 python manage.py migrate。") % words


def takedowns_done() -> Iterator[str]:
    """An older backup holds again what was taken down since; what is not on the list would come back with the next."""
    words = {"folder": settings.TAKEDOWN_ROOT, "missing": len(missing()), "unlisted": len(not_listed())}
    if words["missing"]:
        yield (
            _("%(folder)s 里有 %(missing)d 件撤下或隐去没有做到这个数据库上。请运行 python manage.py apply_takedowns。")
            % words
        )
    if words["unlisted"]:
        yield (
            _("数据库里有 %(unlisted)d 件撤下或隐去不在 %(folder)s 的清单上，恢复备份后会重新出现。请找回清单。")
            % words
        )


def originals_reachable() -> Iterator[str]:
    """They are those of this database, and the newest are there; `verify_originals` compares every byte of all."""
    try:
        require_own_originals()
    except NotOurOriginals as fault:
        yield str(fault)
    newest = Source.objects.filter(erased=False).order_by("-pk")[:SAMPLE]
    for source in newest:
        if not default_storage.exists(str(source.file.name)):
            words = {"name": source.name, "root": settings.MEDIA_ROOT}
            yield _("原件“%(name)s”不在 %(root)s。请检查 MEDIA_ROOT，或从备份恢复。") % words


def working() -> Iterator[str]:
    if Worker.are_silent():
        yield _("五分钟内没有后台进程的动静：导入、核对和封存都不会进行。请运行 python manage.py work。")


def configured() -> Iterator[str]:
    """A site that only this machine reaches may run as developers run it."""
    if set(settings.ALLOWED_HOSTS) <= THIS_MACHINE:
        return
    if settings.DEBUG:
        yield _("DEBUG 开着：出错时会向任何人显示程序内部。请设置 DEBUG=0。")
    if len(settings.SECRET_KEY) < MIN_KEY_LENGTH or settings.SECRET_KEY.startswith("for-development-only"):
        yield _("SECRET_KEY 太短，或是开发用的。请用至少 50 个随机字符。")
    if not settings.DEBUG and not settings.SECURE_SSL_REDIRECT:
        yield _("TLS 关着：密码在网络上明文传送。请经 HTTPS 提供服务，去掉 TLS=0。")
    if not settings.DEBUG and settings.SECURE_SSL_REDIRECT and not settings.PROXIES:
        yield _("没有设置 PROXIES：站在代理后面时，所有人看上去来自同一个地址，一人输错密码会锁住所有人。")
    if not settings.RECORD_KEY:
        yield _("没有设置 RECORD_KEY：签名用的是 %(file)s 里的密钥，请备份；多台机器须用同一个。") % {
            "file": settings.RECORD_KEY_FILE
        }


def _in_database(check: Callable[[], Iterator[str]]) -> Callable[[], Iterator[str]]:
    """A check of what a database that is away, or not yet migrated, cannot answer."""

    def told() -> Iterator[str]:
        try:
            yield from list(check())
        except DatabaseError as error:
            yield _("数据库答不上来：%(error)s") % {"error": str(error).strip()}

    return told


CHECKS: list[tuple[object, Callable[[], Iterator[str]]]] = [
    (gettext_lazy("数据库迁移"), _in_database(migrated)),
    (gettext_lazy("记录的保护"), _in_database(protected)),
    (gettext_lazy("撤下与隐去"), _in_database(takedowns_done)),
    (gettext_lazy("原件"), _in_database(originals_reachable)),
    (gettext_lazy("后台进程"), _in_database(working)),
    (gettext_lazy("设置"), configured),
]
