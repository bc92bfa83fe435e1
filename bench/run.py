"""Every benchmark, one after the other, each figure beside a peer's from the same run. `make bench`."""

from __future__ import annotations

import assessment
import cp_sat
import documents
import records
import rotation
import scale
import startup
import validation


def main() -> None:
    """Print all figures."""
    for part in (startup, rotation, cp_sat, scale, assessment, records, documents, validation):
        part.main()


if __name__ == "__main__":
    main()
