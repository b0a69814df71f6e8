"""Where a developer's own things lie, and the virtual environment among them.

Standard library only: `make` runs this file before anything is installed. It prints the
path of an environment that is ready to use.
"""

import fcntl
import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[3]
OLDEST_PYTHON = (3, 11)


def state_dir(base_dir=BASE_DIR):
    """Return this user's folder for local data, made when missing.

    It is `.local/` beside the code, unless somebody else made that, the code cannot be
    written or its path has a space: then it is a folder of the user's own, because
    databases, secrets and locks of two users must not meet in one place.
    """
    for folder in _state_candidates(base_dir):
        if _is_own(folder):
            return folder
    message = "No folder can be written for local data; set KEKIZ_STATE_DIR to one that can."
    raise SystemExit(message)


def _state_candidates(base_dir):
    """Yield the places to try, best first."""
    if chosen := os.environ.get("KEKIZ_STATE_DIR"):
        yield Path(chosen).resolve()
        return
    yield base_dir / ".local"
    checkout = hashlib.sha256(str(base_dir).encode()).hexdigest()[:12]
    if os.geteuid() == 0:
        # The embedded PostgreSQL opens every folder above its data; root's home should stay shut.
        yield Path("/var/lib/kekiz-portal") / checkout
    elif home := os.environ.get("XDG_STATE_HOME"):
        yield Path(home) / "kekiz-portal" / checkout
    else:
        yield Path("~/.local/state/kekiz-portal").expanduser() / checkout
    yield Path(tempfile.gettempdir()) / f"kekiz-portal-{os.geteuid()}" / checkout


def _is_own(folder):
    """Tell whether this user owns the folder and can write in it; make it when missing."""
    if shlex.quote(str(folder)) != str(folder):  # PostgreSQL's starter splits a path at a space
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return folder.stat().st_uid == os.geteuid() and os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        return False


def ready_environment(requirements=BASE_DIR / "requirements-dev.txt"):
    """Return the folder of a virtual environment that holds exactly these requirements.

    An environment that is up to date is used as it is, whoever made it, so nothing is
    asked of the network; one that is half made or belongs to another user is left or replaced.
    """
    wanted = _fingerprint(requirements)
    beside_code = BASE_DIR / ".venv"
    own = state_dir() / "venv"
    with (state_dir() / "venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` at once must not build one environment twice
        return _ready_environment(beside_code, own, requirements, wanted)


def _ready_environment(beside_code, own, requirements, wanted):
    """Return the first environment that fits, or build one."""
    for folder in (beside_code, own):
        if _stamp(folder) == wanted and _works(folder):
            return folder
    folder = beside_code if _may_build(beside_code) else own
    _build(folder, requirements, wanted)
    return folder


def _fingerprint(requirements):
    """Return what an environment was made from: Python, machine and every pinned line."""
    parts = [platform.python_version(), platform.machine()]
    parts += [path.read_text() for path in sorted(requirements.parent.glob("requirements*.txt"))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _stamp(folder):
    """Return what the environment says it was made from; empty when it was never finished."""
    try:
        return (folder / "kekiz-installed").read_text().strip()
    except OSError:
        return ""


def _works(folder):
    """Tell whether this user can start the environment's Python and finds Django there."""
    try:
        command = [folder / "bin" / "python", "-c", "import django"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - own path
    except OSError:
        return False


def _may_build(folder):
    """Tell whether this user may make or replace the environment in this place."""
    if folder.exists():
        return folder.stat().st_uid == os.geteuid() and os.access(folder, os.W_OK)
    return os.access(folder.parent, os.W_OK) and folder.parent.stat().st_uid == os.geteuid()


def _build(folder, requirements, wanted):
    """Make the environment and install into it; the stamp comes last, so a broken run shows."""
    if not _has_pip(folder):
        shutil.rmtree(folder, ignore_errors=True)
        sys.stderr.write("1/2 Making a virtual environment …\n")
        _run(
            [sys.executable, "-m", "venv", folder],
            "The virtual environment could not be made (Debian keeps venv in python3-venv)",
        )
    (folder / "kekiz-installed").unlink(missing_ok=True)
    pip = [folder / "bin" / "python", "-m", "pip", "--disable-pip-version-check"]
    install = [*pip, "install", "--progress-bar", "off", "--require-hashes"]
    _install([*install, "--requirement", requirements], _number_of_packages(requirements))
    (folder / "kekiz-installed").write_text(wanted + "\n")


def _number_of_packages(requirements):
    """Return how many packages a file pins, those for other machines among them."""
    return sum("==" in line for line in requirements.read_text().splitlines())


def _install(command, total):
    """Run pip and show in one line how far it is; what it says itself only when it fails."""
    said, fetched = [], 0
    _say("2/2 Fetching packages …", done=not sys.stderr.isatty())
    with subprocess.Popen(  # noqa: S603 - command made above
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout:
            said.append(line)
            if line.startswith("Collecting "):
                fetched += 1
                _say(f"2/2 Fetching packages: {fetched} of about {total}", done=False)
            elif line.startswith("Installing collected packages"):
                _say(f"2/2 Installing {fetched} packages …", done=True)
    if pip.returncode:
        sys.stderr.write("\n" + "".join(said))
        raise SystemExit("The requirements could not be installed; is the package index reachable?")


def _say(text, *, done):
    """Write a line that the next one replaces on a terminal; in a log only what is ``done``."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text}\033[K" + ("\n" if done else ""))
    elif done:
        sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _has_pip(folder):
    """Tell whether an unfinished environment is sound enough to go on with."""
    try:
        command = [folder / "bin" / "python", "-m", "pip", "--version"]
        done = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603 - own path
    except OSError:
        return False
    version = f"(python {sys.version_info.major}.{sys.version_info.minor})"
    return done.returncode == 0 and version in done.stdout


def _run(command, failure):
    """Run a step and end with one sentence when it fails."""
    done = subprocess.run(command, check=False, stdout=sys.stderr)  # noqa: S603 - commands made above
    if done.returncode:
        raise SystemExit(failure + ("" if failure.endswith("?") else "."))


def main():
    """Print the path of an environment that is ready."""
    if sys.version_info < OLDEST_PYTHON:
        raise SystemExit(
            "The portal needs Python 3.11 or later; name one, as in `make run PYTHON=python3.12`."
        )
    sys.stdout.write(f"{ready_environment()}\n")


if __name__ == "__main__":
    main()
