"""What runs by the clock: each job with its hour or its period. Times are those of the city.

A job that nobody took before its next turn is dropped; every one of them may run twice.
"""

from datetime import timedelta

from celery.schedules import crontab

NIGHT = timedelta(hours=20)  # a job of the night is still worth doing in the afternoon


def timetable(newsletter_sweep_seconds):
    """Return the schedule of Celery's beat, by the name of the job.

    ``newsletter_sweep_seconds`` is how often it is asked which newsletters go out.
    """
    jobs = [
        _at_night("offers.tasks.renew_occurrences", hour=2, minute=10),
        # Takes words nobody says any more out of the search, and counts the others anew.
        _at_night("offers.tasks.rebuild_search_index", hour=2, minute=40),
        _at_night("network.tasks.forget_old_audit_entries", hour=3, minute=20),
        _at_night("network.tasks.erase_ended_contacts", hour=3, minute=40),
        # Who got which newsletter is known as long as bounces may come; the numbers stay.
        _at_night("network.tasks.forget_old_recipients", hour=3, minute=40),
        _every("kekiz_portal.signing_in.tasks.forget_old_attempts", hours=1),
        _at_night("kekiz_portal.signing_in.tasks.clear_sessions", hour=3, minute=30),
        # Pictures no offer shows and lists nobody took over are not kept.
        _at_night("offers.tasks.tidy_up", hour=2, minute=40),
        # An import whose worker died goes on by itself, once.
        _every("offers.tasks.go_on_with_imports", minutes=1),
        # What devices search by without a network, so that no reader waits for it.
        _every("offers.tasks.read_pocket_phrases", minutes=5),
        # No text names a protected address; after the search has forgotten words nobody says.
        _at_night("offers.tasks.look_for_protected_addresses", hour=3, minute=10),
        _at_night("offers.tasks.forget_search_demand", hour=4, minute=0),
        # Visits every address that published offers name, politely.
        _at_night("offers.tasks.check_links", hour=3, minute=20),
        # How many entries families could act on, by the histories of twelve months.
        _at_night("offers.tasks.count_within_reach", hour=4, minute=20),
        # Starts what is planned, sends workers where mail waits, takes over from dead ones.
        _every("network.tasks.sweep_newsletters", seconds=newsletter_sweep_seconds),
        _every("network.tasks.read_bounces", minutes=10),
        _at_night("network.tasks.forget_old_bounces", hour=3, minute=50),
        # Sign-ups nobody confirmed within seven days, and evidence past its third year.
        _every("network.tasks.forget_subscribers", hours=1),
        _at_night("network.tasks.ask_institutions", hour=6, minute=30),
        # Mails asked for on a page whose message to a worker was lost, or that had to wait an hour.
        _every("network.tasks.send_waiting_mails", minutes=5),
        # Shows the operator (/readyz) when clock and worker were last alive.
        _every("kekiz_portal.tasks.heartbeat", minutes=1),
    ]
    return {job["task"].rpartition(".")[2].replace("_", "-"): job for job in jobs}


def _at_night(task, hour, minute):
    return _job(task, crontab(hour=hour, minute=minute), NIGHT)


def _every(task, **period):
    return _job(task, timedelta(**period), timedelta(**period))


def _job(task, schedule, worth_doing_for):
    return {
        "task": task,
        "schedule": schedule,
        "options": {"expires": int(worth_doing_for.total_seconds())},
    }
