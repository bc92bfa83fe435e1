#!/usr/bin/env bash
# Installs the YAML language server (what editors run) with npm into the folder given, for
# tests/test_cli_schema_editor.py:
#
#   tests/tools/install-yaml-language-server.sh "$folder"
#   XIAXIANG_YAML_LANGUAGE_SERVER="$folder" make test
set -euo pipefail
npm install --prefix "$1" --no-audit --no-fund --no-save --silent yaml-language-server@1.25.0
test -f "$1/node_modules/yaml-language-server/bin/yaml-language-server"
