"""Nouns: what users write (pydantic) and what is computed (slotted dataclasses). No I/O, no clock."""
