"""`xiaxiang` and `python -m xiaxiang`. `--version` is answered before any import: it costs what Python does."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        from xiaxiang import __version__  # noqa: PLC0415 - only here

        sys.stdout.write(f"xiaxiang {__version__}\n")
        return
    try:
        from xiaxiang.cli.app import run  # noqa: PLC0415 - typer takes 60 ms

        sys.exit(run(arguments))
    except KeyboardInterrupt:  # while still importing
        sys.exit(130)


if __name__ == "__main__":
    main()
