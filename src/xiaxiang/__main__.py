"""`xiaxiang` and `python -m xiaxiang`. `--version` is answered before any import: it costs what Python does."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import Final, NoReturn

_OBJECTS_BETWEEN_LOOKS: Final = 1_000_000


def main() -> None:
    """Run the command line and leave with its exit status."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        from xiaxiang import __version__  # noqa: PLC0415 - only here

        sys.stdout.write(f"xiaxiang {__version__}\n")
        return
    # A process runs one command: what it reads lives as long as it does, and to look through all of it for garbage
    # every 700 objects would take a tenth of the time. Nobody's plug-in of pydantic has a say in what is read.
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from xiaxiang.cli.app import run  # noqa: PLC0415 - typer takes 60 ms

        status = run(arguments)
    except KeyboardInterrupt:  # while still importing
        status = 130
    _leave(status)


def _leave(status: int) -> NoReturn:
    """End the process at once: nothing is open any more, and to take apart what a large plan made takes 7 % longer.

    Under a profiler or a tracer, and where a stream has gone, Python ends it in its own way.
    """
    if sys.getprofile() is None and sys.gettrace() is None:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    main()
