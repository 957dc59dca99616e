import logging
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser

from lrs.work import PatientWorker, worker_id


class Command(BaseCommand):
    help = "Run tasks: certificates, mail, exports. Stops cleanly on SIGINT and SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="Stop when nothing is left to do.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.check(tags=[Tags.database], databases=["default"])
        logging.getLogger("django_tasks_db").setLevel(logging.INFO)
        worker = PatientWorker(
            queue_names=["*"],
            interval=0.5,
            batch=options["batch"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id(),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.run()
