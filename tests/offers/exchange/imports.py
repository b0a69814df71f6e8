"""Take a file through an import, step by step, without a browser."""

from offers.exchange.importing import import_runs
from offers.models import ImportRun


def upload(data, kind="offers", name="liste.csv", by=None, **changes):
    """Return a new run with the columns guessed; ``changes`` go to its mapping."""
    data = data.encode() if isinstance(data, str) else data
    run = ImportRun.objects.create(kind=kind, file_name=name, file=data, by=by)
    run = step(run, ImportRun.State.READING)
    assert run.state == ImportRun.State.UPLOADED, run.problem
    columns = run.mapping["columns"] | changes.pop("columns", {})
    run.mapping |= {"columns": columns} | changes
    run.save()
    return run


def step(run, state):
    """Do one step as the worker does it, and return the run as it is then."""
    ImportRun.objects.filter(pk=run.pk).update(state=state)
    import_runs.carry_out(run.pk)
    return ImportRun.objects.get(pk=run.pk)


def check(run):
    return step(run, ImportRun.State.CHECKING)


def commit(run):
    return step(run, ImportRun.State.COMMITTING)


def undo(run):
    return step(run, ImportRun.State.UNDOING)


def outcomes(run):
    return [row.outcome for row in run.rows.all()]


def problems(run):
    """Return what was refused: lines with columns and reasons."""
    return {row.line: row.problems for row in run.rows.all() if row.problems}
