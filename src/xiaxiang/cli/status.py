"""Exit statuses, the same for every command."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
WRONG_INPUT: Final = 1
"""Errors in the input, an error-level notice, or a requested document refused."""
WRONG_CALL: Final = 2
"""The call itself is wrong, or a named file cannot be read."""
WORLD_FAILED: Final = 3
"""Disk full, no permission, file open in Word."""
OUR_FAULT: Final = 70
INTERRUPTED: Final = 130


class CallError(Exception):
    """The call cannot be carried out: one Chinese sentence, what to do instead, and the exit status."""

    def __init__(self, message: str, hint: str = "", status: int = WRONG_CALL) -> None:
        """Keep the sentence, the remedy and the status apart."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.status = status
