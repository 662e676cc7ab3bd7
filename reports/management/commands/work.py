"""`manage.py work`: a worker that does the jobs of the site until it is ended."""

from __future__ import annotations

import datetime
import logging
import os
import socket
import threading
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks_db.management.commands import db_worker

from agencies.record.sealing import seal_if_due
from reports.findings import neighbours, pending
from reports.jobs.lease import shutting_down
from reports.jobs.starting import sweep
from reports.models import Worker
from reports.originals.belonging import NotOurOriginals, require_own_originals
from reports.originals.renditions import forget_renditions
from reports.takedown.erasing import erase_pending

logger = logging.getLogger(__name__)

FORGOTTEN_AFTER = datetime.timedelta(days=1)


class JobWorker(db_worker.Worker):
    """The worker of the library, which also leaves between two steps of a job when it is asked to end, and outlives a database
    that is away for a while."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        shutting_down.set()
        super().shutdown(signum, frame)

    def run(self) -> None:
        while self.running:
            try:
                return super().run()
            except OperationalError:
                logger.warning("The database does not answer; the worker tries again.", exc_info=True)
                close_old_connections()
                time.sleep(self.interval)
        return None


class Command(BaseCommand):
    help = _("处理后台任务，直到收到结束信号。可以同时运行几个。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--until-done", action="store_true", help=_("没有任务时即结束"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            require_own_originals()
        except NotOurOriginals as fault:
            raise CommandError(str(fault), returncode=1) from fault
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        logging.getLogger("django_tasks").setLevel(logging.ERROR)
        call_command("prune_db_task_results", verbosity=0)
        _take_up_what_was_left()
        sweeping = threading.Thread(target=_sweep_again_and_again, daemon=True)
        sweeping.start()
        worker = JobWorker(
            queue_names=["default"],
            interval=1,
            batch=options["until_done"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.run()


def _sweep_again_and_again() -> None:
    while not shutting_down.wait(settings.JOB_LEASE / 2):
        try:
            _take_up_what_was_left()
        except OperationalError:
            logger.warning("Could not look for abandoned work.", exc_info=True)
        finally:
            connection.close()


def _take_up_what_was_left() -> None:
    sweep()
    pending.check_pending()
    neighbours.check_pending()
    forget_renditions()
    erase_pending()
    seal_if_due()
    _give_sign_of_life()


def _give_sign_of_life() -> None:
    """For `doctor`; those that ended long ago are forgotten."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    Worker.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})
    Worker.objects.filter(seen_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
