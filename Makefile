# What a contributor runs. `make help` lists it.
CARGO ?= cargo
# All but `python`, which links against libpython (tests/python/run builds and tests that one), and
# the clouds, which no test reaches: `make check` compiles them.
FEATURES := archive,draft,html,object-store,schema,timestamp
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c

.PHONY: help test check bench
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

test: ## every test; a part whose program is missing says that it was skipped
	$(CARGO) test
	$(CARGO) test --no-default-features --lib --test laws --test oracle
	$(CARGO) test --features $(FEATURES)
	tests/browser/run
	tests/python/run

check: ## formatting, lints of every feature set, documentation
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
	$(CARGO) clippy --all-targets --all-features -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps --all-features

bench: ## every benchmark; docs/performance.md says what the figures mean
	$(CARGO) bench --features $(FEATURES)
