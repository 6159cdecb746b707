"""Which handler a kind of job has."""

from edge.desk.lodge import PRINT
from edge.desk.print_again import PRINT_AGAIN
from edge.desk.tried import PRINT_TEST
from edge.machine.printer import Printer
from edge.work.print_receipt import print_receipt
from edge.work.print_test import print_test
from edge.work.worker import Work


def job_table(printer: Printer) -> dict[str, Work]:
    """Return kind → handler."""
    return {PRINT: lambda site, job: print_receipt(site, printer, job),
            PRINT_AGAIN: lambda site, job: print_receipt(site, printer, job, again=True),
            PRINT_TEST: lambda site, _job: print_test(site, printer)}
