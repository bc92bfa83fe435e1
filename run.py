"""Set up .venv and run the demo or the tests with nothing but Python: `python run.py demo|test|setup`."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
READY = VENV / ".ready"
LOCK = ROOT / "requirements-dev.lock"
EXAMPLE = Path("examples", "county-hospital")  # every command runs in ROOT
OUT = Path("out", "demo")


def run(*command: object, allowed: tuple[int, ...] = (0,)) -> None:
    """Run one command in the project's folder and stop with its exit status if that is not allowed."""
    status = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode
    if status not in allowed:
        sys.exit(status)


def setup() -> None:
    """Create .venv from the hash-pinned lock file, once per change of the lock file or of pyproject.toml."""
    wanted = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    if READY.is_file() and READY.read_bytes() == wanted:
        return
    if sys.version_info < (3, 11):  # noqa: UP036 - the one file that an older Python may be asked to run
        sys.exit("需要 Python 3.11 或更高版本。")
    print("正在建立 .venv（第一次需要一两分钟）…", flush=True)
    venv.create(VENV, with_pip=True, clear=True)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    run(*pip, "--require-hashes", "-r", LOCK)
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ROOT)
    READY.write_bytes(wanted)


def demo() -> None:
    """Run the main job on the example workspace: check, schedule, assess, write every document."""
    plan = ("--plan", EXAMPLE / "plan.yaml")
    steps: tuple[tuple[object, ...], ...] = (
        ("validate", EXAMPLE / "plan.yaml"),
        ("schedule", "--year", "2024", *plan),
        ("assess", EXAMPLE / "roster.csv", *plan),
        ("report", "--all", "-o", OUT, "--force", *plan),
    )
    for step in steps:
        print(f"\n$ xiaxiang {' '.join(str(part) for part in step)}", flush=True)
        run(PYTHON, "-m", "xiaxiang", *step)


def test() -> None:
    """Run the whole test suite, with whatever arguments pytest is to get."""
    run(PYTHON, "-m", "pytest", *sys.argv[2:])


if __name__ == "__main__":
    jobs = {"setup": setup, "demo": demo, "test": test}
    if len(sys.argv) < 2 or sys.argv[1] not in jobs:  # noqa: PLR2004 - the program's own name and one word
        sys.exit("用法: python run.py demo|test|setup")
    setup()
    jobs[sys.argv[1]]()
