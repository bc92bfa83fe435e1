"""Validation against the project's JSON Schemas, where the jsonschema package is there; else its tests are skipped."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

TIMESTAMP = "tag:yaml.org,2002:timestamp"


class Loader(yaml.SafeLoader):
    """YAML as editors and schema tools read it: days stay texts."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the parent's own class variable
        first: [(tag, pattern) for tag, pattern in resolvers if tag != TIMESTAMP]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read(text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    return yaml.load(text, Loader)  # noqa: S506 - a SafeLoader


def faults(schema: dict[str, Any], content: object) -> list[str]:
    """Return what is wrong with `content` under `schema`, as path and reason; the schema itself must be sound."""
    return faults_of_each(schema, content)


def faults_of_each(schema: dict[str, Any], *contents: object) -> list[str]:
    """Return what is wrong with any of many contents: the schema, which takes most of the time, is looked at once."""
    package = pytest.importorskip("jsonschema", reason="the jsonschema package is absent (make bench brings it)")
    validator = package.Draft202012Validator
    validator.check_schema(schema)
    ready = validator(schema)
    found = [one for content in contents for one in ready.iter_errors(content)]
    return [f"{'.'.join(str(part) for part in one.absolute_path)}: {one.message}" for one in found]
