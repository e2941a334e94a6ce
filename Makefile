# What people do with this repository; `make help` lists it. Every recipe prints its commands and stops at the
# first that fails. CARGO_TARGET_DIR, PARLANCE_LISTEN and PARLANCE_DATA are honoured.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Cargo and the browser tests use all cores themselves, and share their folders.
.NOTPARALLEL:

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
PROGRAM := $(TARGET)/release/parlance
PARLANCE_LISTEN ?= 127.0.0.1:8080
PARLANCE_DATA ?= ./data
# Only `run` hands them on: tests start servers of their own.
unexport PARLANCE_LISTEN PARLANCE_DATA

WEB_MODULES := web/node_modules/.package-lock.json
WEB_CLIENT := web/app/dist/index.html
WEB_SOURCES := $(shell find web \( -name node_modules -o -name dist -o -name test -o -name e2e \) -prune -o -type f -print)

DENY_VERSION := 0.20.2
DENY := $(or $(shell command -v cargo-deny),$(TARGET)/tools/bin/cargo-deny)
ADVISORIES := $(or $(CARGO_HOME),$(HOME)/.cargo)/advisory-dbs

step = @printf '\n==> %s\n' '$(1)'

.PHONY: help run cluster build check test bench screenshots clean
.PHONY: tools check-rust check-supply check-web check-deploy test-prerequisites test-rust test-web test-journeys test-faults

help: ## Lists what can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16
	@echo "Settings: PARLANCE_LISTEN ($(PARLANCE_LISTEN)), PARLANCE_DATA ($(PARLANCE_DATA)), CARGO_TARGET_DIR"

run: build ## Builds what is missing and serves on PARLANCE_LISTEN with the data in PARLANCE_DATA
	$(call step,Serving on $(PARLANCE_LISTEN) with the data in $(PARLANCE_DATA) until Ctrl-C)
	PARLANCE_LISTEN=$(PARLANCE_LISTEN) PARLANCE_DATA=$(PARLANCE_DATA) exec $(PROGRAM) serve

cluster: build ## Serves on three nodes over PostgreSQL and NATS, HAProxy in front, in a temporary folder, until Ctrl-C
	@scripts/test-prerequisites haproxy curl
	scripts/cluster $(PROGRAM)

build: tools $(WEB_CLIENT) ## Builds the program with the web client inside
	$(call step,Building $(PROGRAM))
	cargo build --release --package parlance-server

check: check-rust check-web check-supply check-deploy ## Checks format, lints, norms, generated types, licences, sources and deploy/
	$(call step,Everything checked)

test: test-rust test-web test-journeys test-faults ## Runs every test, short forms of the long runs included
	$(call step,Every test passed)

bench: build ## Measures the program and writes target/bench.json
	$(PROGRAM) bench --out $(TARGET)/bench.json

screenshots: build ## Takes every main screen of the filled program into target/screenshots, to be looked at
	$(call step,Taking pictures into target/screenshots)
	cd web && PARLANCE_BIN=$(PROGRAM) node app/e2e/screenshots.mjs

clean: ## Removes what was built; the data folder stays
	cargo clean
	rm -rf web/node_modules web/*/node_modules web/*/dist

# --- the web client -------------------------------------------------------------------------------

$(WEB_MODULES): web/package-lock.json web/package.json web/app/package.json web/sdk/package.json
	$(call step,Installing the packages of the web client)
	cd web && npm ci --no-audit --no-fund
	touch $@

$(WEB_CLIENT): $(WEB_MODULES) $(WEB_SOURCES)
	$(call step,Building the web client)
	cd web && npm run build
	touch $@

# --- checks ---------------------------------------------------------------------------------------

tools:
	@scripts/check-tools

check-rust: tools $(WEB_CLIENT)
	$(call step,Format - lints - norms - generated types)
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features -- -D warnings
	cargo xtask tidy
	cargo xtask types --check

check-web: tools $(WEB_MODULES)
	$(call step,Types - lints - norms of the web client)
	cd web && npm run check

# The advisory database lives in a git repository that not every machine reaches, so it is used where it is present.
check-supply: tools $(DENY)
	$(call step,Licences - bans - sources of the dependencies)
	$(DENY) check --hide-inclusion-graph licenses bans sources
	@if [ -d '$(ADVISORIES)' ]; then set -x; $(DENY) check --disable-fetch advisories; \
	else echo 'advisories: NOT checked, no database in $(ADVISORIES) (`cargo deny fetch db` downloads it)'; fi

check-deploy:
	$(call step,Deployment files and scripts)
	@mkdir -p $(TARGET)/tools
	scripts/check-deploy $(TARGET)/tools

# A build without optimisation takes a third of the time and is fast enough for this.
$(TARGET)/tools/bin/cargo-deny:
	$(call step,Building cargo-deny $(DENY_VERSION), once)
	CARGO_TARGET_DIR=$(TARGET)/tools/build cargo install cargo-deny --version $(DENY_VERSION) --locked --debug \
		--root $(TARGET)/tools
	rm -rf $(TARGET)/tools/build

# --- tests ----------------------------------------------------------------------------------------

test-prerequisites: tools
	@scripts/test-prerequisites

test-rust: test-prerequisites $(WEB_CLIENT)
	$(call step,Rust tests)
	if cargo nextest --version >/dev/null 2>&1; then cargo nextest run --workspace --features xtask/long --no-fail-fast; \
	else cargo test --workspace --features xtask/long --no-fail-fast --bins --lib --tests --examples; fi
	cargo test --workspace --doc

test-web: test-prerequisites $(WEB_MODULES)
	$(call step,Tests of the TypeScript SDK and the web client)
	cd web && npm test

test-journeys: test-prerequisites build
	$(call step,Journeys in a browser on the real program)
	cd web && PARLANCE_BIN=$(PROGRAM) npm run e2e

test-faults: test-prerequisites build
	$(call step,Simulated crashes - kills - faults of a cluster - planted bugs)
	cargo xtask simulate --seeds 2000
	cargo xtask torture --kills 200
	cargo xtask torture --cluster --faults 40
	cargo xtask planted
	cargo xtask torture --cluster --faults 1 --planted standby
	cargo xtask torture --cluster --faults 6 --planted guard
