"""Celery tasks; each hands over to the module that knows how."""

import logging

from celery import shared_task

from .curation import page_proposals, pictures
from .exchange.importing import import_runs
from .models import (
    Experience,
    Feedback,
    ImportRun,
    KeptUpload,
    Looks,
    Schedule,
    SearchDemand,
    UnmetNeed,
)
from .pocket import reading_ahead
from .quality import leaks, link_check, reach_by_month
from .schedules import occurrences
from .search.index import rebuilding

logger = logging.getLogger(__name__)


@shared_task(acks_late=True)
def renew_occurrences():
    """Compute the coming dates of every schedule; returns how many stand."""
    count = occurrences.renew(Schedule.objects.all())
    logger.info("Renewed the coming dates: %d stand.", count)
    return count


@shared_task(ignore_result=True)
def carry_out_import(run_id):
    """Read, check, take over or take back an import."""
    import_runs.carry_out(run_id)


@shared_task(ignore_result=True)
def go_on_with_imports():
    """Begin once more what was cut short, once; after that it waits for a person."""
    if count := import_runs.go_on(carry_out_import.delay):
        logger.info("Began %d imports once more.", count)


@shared_task(acks_late=True, ignore_result=True)
def count_within_reach():
    """Count what is within reach as of this month; safe to run any number of times."""
    reach_by_month.count()


@shared_task(acks_late=True)
def read_pocket_phrases():
    """Read ahead what devices search by without a network, if a word changed since."""
    if reading_ahead.renew():
        logger.info("Read the phrases of the directory for devices.")


@shared_task(acks_late=True)
def tidy_up():
    """Forget what nobody needs any more: pictures, lists never taken over, uploads, old reports."""
    logger.info("Deleted %d unused pictures.", pictures.discard_unused())
    ImportRun.objects.abandoned().delete()
    ImportRun.objects.forget_refused_rows()
    KeptUpload.objects.past_their_time().delete()
    Feedback.objects.forget()


@shared_task(acks_late=True)
def check_links():
    """Visit the addresses that published offers name, and read the pages of providers.

    Returns how many were visited.
    """
    count = link_check.check_links(to_read=page_proposals.pages(), read=page_proposals.take_in)
    logger.info("Looked at %d links.", count)
    return count


@shared_task(acks_late=True)
def forget_search_demand():
    """Delete counts of searches, looks and experiences of families that are old or stayed rare.

    Returns how many searches.
    """
    Experience.objects.old().delete()
    Experience.objects.fold()
    Looks.objects.forget()
    SearchDemand.objects.fold()
    UnmetNeed.objects.exclude(pk__in=UnmetNeed.objects.recent()).delete()
    count, _by_model = SearchDemand.objects.past_their_time().delete()
    logger.info("Forgot %d counts of searches in vain.", count)
    return count


@shared_task(acks_late=True)
def look_for_protected_addresses():
    """Note every entry that names a protected address; returns how many do."""
    return leaks.look()


@shared_task(acks_late=True)
def rebuild_search_index():
    """Put the index of the search in order; returns how many offers can be found."""
    count = rebuilding.rebuild()
    logger.info("Built the index of the search anew: %d offers.", count)
    return count
