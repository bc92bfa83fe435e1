# Everything a newcomer needs: `make demo`, `make test`. No other tool than python3, pip and make.
# On Windows without make: `python run.py demo`, `python run.py test`.
PY ?= python3
V := .venv/bin

.PHONY: demo test lint types contracts docs check bench prove lock clean

demo:
	@$(PY) run.py demo

# More for pytest: make test ARGS="--cov -k schedule"
test:
	@$(PY) run.py test $(ARGS)

.venv/.ready: requirements-dev.lock pyproject.toml
	@$(PY) run.py setup

lint: .venv/.ready
	$(V)/ruff check .
	$(V)/ruff format --check .

types: .venv/.ready
	$(V)/mypy

contracts: .venv/.ready
	$(V)/lint-imports

docs: .venv/.ready
	$(V)/python docs/generate.py

check: lint types contracts test

bench: .venv/.ready
	$(V)/pip install -q --require-hashes -r requirements-bench.lock
	$(V)/python bench/run.py

prove: .venv/.ready
	$(V)/python -m pytest tests/prove -q

# Needs uv (pip install uv). No index address may end up in the lock files.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-dev.lock
	uv pip compile pyproject.toml --group dev --group bench --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-bench.lock

clean:
	rm -rf .venv out dist
