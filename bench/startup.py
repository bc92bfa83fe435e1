"""Start-up: `--help` beside the bare import of what every command needs; the example's schedule beside `--help`."""

from __future__ import annotations

import sys
from pathlib import Path

from measure import heading, in_turn, line, process

EXAMPLE = Path(__file__).parent.parent / "examples" / "county-hospital" / "plan.yaml"


def main() -> None:
    """Print both figures."""
    heading(["启动"])
    program = (sys.executable, "-m", "xiaxiang")
    shown, bare, planned = in_turn(
        process(*program, "--help"),
        process(sys.executable, "-c", "import typer, pydantic; pydantic.BaseModel"),
        process(*program, "schedule", "--year", "2024", "--plan", str(EXAMPLE)),
        runs=15,
    )
    line("xiaxiang --help", shown, "import typer, pydantic", bare, "≤ 1.5")
    line("示例 schedule", planned, "xiaxiang --help", shown)
    print(f"示例 schedule 比 --help 多 {planned - shown:.2f} 秒   （要求 ≤ 0.5 秒）")


if __name__ == "__main__":
    main()
