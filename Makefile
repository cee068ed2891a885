# Sidetone. `make run` starts the demo, `make test` runs every check; both install what they need.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

TRUNK_VERSION := 0.21.14
CARGO_FUZZ_VERSION := 0.13.2

# Outside the checkout, so that a second clone does not build them again.
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/sidetone/tools
TRUNK := $(TOOLS)/bin/trunk-$(TRUNK_VERSION)
CARGO_FUZZ := $(TOOLS)/bin/cargo-fuzz-$(CARGO_FUZZ_VERSION)
GECKODRIVER_VERSION := 0.37.1
GECKODRIVER := $(TOOLS)/bin/geckodriver-$(GECKODRIVER_VERSION)
# wasm-bindgen and the splitter; another one when anything in it changes. Trunk wants wasm-bindgen's command line.
PAGE_TOOLS := $(TOOLS)/page-$(shell cat frontend/tool/Cargo.* $$(find frontend/tool/src -name '*.rs' | sort) | cksum | cut -d' ' -f1)
PAGE_TOOL := $(PAGE_TOOLS)/bin/page-tool
WASM_BINDGEN := $(PAGE_TOOLS)/bin/wasm-bindgen
# Built once, used for seconds: compile time counts, not speed.
TOOL_BUILD := CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
	CARGO_PROFILE_RELEASE_DEBUG=false CARGO_TARGET_DIR=$(TOOLS)/build cargo install --quiet --no-default-features --force --root

export PATH := $(PAGE_TOOLS)/bin:$(TOOLS)/bin:$(CURDIR)/frontend/node_modules/.bin:$(PATH)
# a trunk of another version may have left its settings
unexport NO_COLOR

# Each for so long.
FUZZ_SECONDS ?= 600
FUZZ_TARGETS ?= configuration form phone signature
SOAK_SECONDS ?= 600
SOAK ?=

NPM := frontend/node_modules/.package-lock.json
UI := dist/index.html
UI_SOURCES := Cargo.toml Cargo.lock $(NPM) $(shell find frontend shared -type f -not -path '*/node_modules/*' -not -path '*/tests/*')

# What the tests hold Sidetone against: Twilio's libraries for Node and Python, an OpenID provider.
NPM_PEERS := tests/node_modules/.package-lock.json
LIGHTHOUSE := tests/lighthouse/node_modules/.package-lock.json
PYTHON_PEERS := tests/.venv/done

# Looks for what a target needs before its first long step.
NEEDS := @tests/scripts/needs.sh rust wasm-target node compiler
# What the end-to-end tests need beside it.
E2E_NEEDS = chromium firefox nginx haproxy postgres pgbouncer valgrind python fonts image static:$(STATIC_TARGET)
# The file that runs on any Linux of this machine's kind, or of another kind where there is a compiler for it.
STATIC_TARGET ?= $(shell uname -m)-unknown-linux-musl
STATIC_CC := $(if $(filter $(shell uname -m)-%,$(STATIC_TARGET)),musl-gcc,$(subst -unknown,,$(STATIC_TARGET))-gcc)
# In C are the ciphers and SQLite. No panic passes through them.
STATIC_WITH := CFLAGS_$(subst -,_,$(STATIC_TARGET))="-fno-unwind-tables -fno-asynchronous-unwind-tables" CC_$(subst -,_,$(STATIC_TARGET))=$(STATIC_CC) \
	$(if $(filter musl-gcc,$(STATIC_CC)),,CARGO_TARGET_$(shell echo $(STATIC_TARGET) | tr a-z- A-Z_)_LINKER=$(STATIC_CC))
STATIC := target/$(STATIC_TARGET)/static/sidetone
STATIC_MOST_BYTES := 14400000
# What the image is called.
IMAGE ?= sidetone
# Scenarios for Firefox, too: sign in, call, be called, keys, mute, hang up, second tab.
IN_FIREFOX := sign_in:: outgoing:: incoming:: keypad::keys_arrive tabs:: handset::a_person hygiene::what_the_policy

say = @printf '\033[1m==> %s\033[0m\n' "$(1)"

.PHONY: help run demo-program build static image demo-image lambda function lambda-for-tests dev dev-test test lint unit instructions e2e program firefox fuzz soak bench fresh lighthouse screenshots ui clean

help:
	@echo "make run          the demo: emulator and server on this machine, no account needed"
	@echo "make build        the program for your own host, with the page inside"
	@echo "make static       the same as one file that needs nothing of the system: $(STATIC)"
	@echo "make image        a container image of that file, by docker, podman or buildah (IMAGE=its name)"
	@echo "make demo-image   the same of the demo"
	@echo "make lambda       the same for AWS Lambda: target/lambda/sidetone.zip (docs/aws.md)"
	@echo "make dev          the UI with live reload, against a running 'make run'"
	@echo "make dev-test     that 'make dev' gives a page that signs in and calls"
	@echo "make test         formatting, lints, unit tests, and the end-to-end suite in Chromium and Firefox"
	@echo "make firefox      of that, the part in Firefox (IN_FIREFOX=words of names)"
	@echo "make instructions of that, how many instructions a token and an outgoing call cost, against what is kept (KEEP=keep: keep them)"
	@echo "make fuzz         hostile inputs for ten minutes a target (FUZZ_SECONDS=600, FUZZ_TARGETS=...)"
	@echo "make soak         all property tests and fuzz targets with new random numbers, ten minutes each (SOAK_SECONDS=600, SOAK=words of names)"
	@echo "make bench        download size, times, and what the server takes, into the README (BENCH=server, BENCH=replicas, BENCH=lambda: only that)"
	@echo "make fresh        how long a fresh clone takes to the demo's banner, into the README"
	@echo "make lighthouse   Lighthouse's scores of both pages, into the README"
	@echo "make screenshots  every state of the phone, into artifacts/screenshots"

# Arguments: make run ARGS='--port 9000'. A debug build: fast enough for a demo, and ready minutes earlier.
run:
	$(NEEDS)
	@$(MAKE) --jobs=2 ui demo-program
	@exec target/debug/sidetone demo $(ARGS)

# Beside the page, whose last steps leave a core idle: it is read from dist when it is asked for.
demo-program:
	$(call say,Building the server and the emulator (some minutes the first time))
	cargo build --package backend --features demo

# What is put on a host: target/release/sidetone, with the page inside.
build:
	$(NEEDS)
	@$(MAKE) ui
	$(call say,Building the server)
	cargo build --release --package backend

# Fails when the file grows: look what has come into it.
static: $(NPM)
	$(NEEDS) static:$(STATIC_TARGET)
	@$(MAKE) ui
	$(call say,Building the static file for $(STATIC_TARGET))
	$(STATIC_WITH) cargo build --package backend --features page-inside --profile static --target $(STATIC_TARGET)
	@size=$$(stat --format %s $(STATIC)); \
		if [ $$size -gt $(STATIC_MOST_BYTES) ]; then \
			echo "$(STATIC) has $$size bytes, more than $(STATIC_MOST_BYTES)" >&2; exit 1; \
		fi; \
		echo "$(STATIC): $$size bytes"

# Of this machine's kind.
image: static
	deploy/image.sh $(IMAGE) $(STATIC) Containerfile

# The demo, which is for a day: built as fast as it may be.
demo-image: $(NPM)
	$(NEEDS) static:$(STATIC_TARGET)
	@$(MAKE) ui
	$(call say,Building the demo as a static file)
	$(STATIC_WITH) cargo build --package backend --features demo,page-inside --target $(STATIC_TARGET)
	deploy/image.sh $(IMAGE)-demo target/$(STATIC_TARGET)/debug/sidetone Containerfile.demo

# For x86_64, as the template has it.
lambda:
	@$(MAKE) function STATIC_TARGET=x86_64-unknown-linux-musl

function: $(NPM)
	$(NEEDS) static:$(STATIC_TARGET) python
	@$(MAKE) ui
	$(call say,Building the function)
	$(STATIC_WITH) cargo build --package backend --features lambda,page-inside --profile static --target $(STATIC_TARGET)
	@mkdir -p target/lambda
	@cp $(STATIC) target/lambda/bootstrap
	@rm -f target/lambda/sidetone.zip
	python3 -m zipfile -c target/lambda/sidetone.zip target/lambda/bootstrap

# The same program as a debug build, which the tests run.
lambda-for-tests:
	$(STATIC_WITH) cargo build --package backend --features lambda,page-inside --target $(STATIC_TARGET)
	@mkdir -p target/debug/lambda
	@cp target/$(STATIC_TARGET)/debug/sidetone target/debug/lambda/bootstrap

dev: $(TRUNK) $(WASM_BINDGEN) $(NPM) wasm-target
	trunk serve --dist dist-dev

# The page as Trunk builds and serves it, which `make test` does without.
dev-test: $(TRUNK) $(WASM_BINDGEN) $(NPM) wasm-target
	$(NEEDS) chromium fonts
	$(call say,The page as Trunk builds it)
	trunk build --dist dist-dev
	cargo test --package e2e --test trunk -- --test-threads 1

# One after the other: what is missing, or cannot be fetched, shows before anything is built.
test:
	$(NEEDS) $(E2E_NEEDS) promtool
	@$(MAKE) fetched
	@$(MAKE) lint
	@$(MAKE) unit
	@$(MAKE) e2e

.PHONY: fetched
fetched: $(NPM) $(NPM_PEERS) $(PYTHON_PEERS) wasm-target
	$(call say,Fetching crates)
	cargo fetch --quiet --locked
	cargo fetch --quiet --locked --manifest-path frontend/tool/Cargo.toml

# The third Clippy is of what a release build compiles: its level of optimisation is what frontend/build.rs goes by. Only of
# this package, so that all others are checked once.
lint: $(NPM) $(PYTHON_PEERS) wasm-target
	$(call say,Formatting)
	cargo fmt --all --check
	cargo fmt --manifest-path frontend/tool/Cargo.toml --check
	$(call say,Crates: licences$(comma) sources$(comma) bans (.cargo/deny.toml)$(comma) and those that nobody uses)
	tests/.venv/bin/cargo-deny --offline --locked --log-level error check licenses bans sources
	tests/.venv/bin/cargo-deny --offline --locked --log-level error --manifest-path frontend/tool/Cargo.toml --config .cargo/deny.toml \
		check --allow license-not-encountered --allow license-exception-not-encountered licenses sources
	tests/.venv/bin/cargo-shear --offline --locked
	$(call say,The template for AWS)
	tests/.venv/bin/cfn-lint deploy/aws/template.yaml
	$(call say,The alarms for Prometheus)
	$(NEEDS) promtool
	promtool check rules deploy/prometheus/alerts.yaml
	promtool test rules tests/alerts.yaml
	$(call say,Clippy$(comma) host)
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	cargo clippy --package backend --quiet -- -D warnings
	$(call say,Clippy$(comma) WASM)
	cargo clippy --package frontend --package shared --all-targets --target wasm32-unknown-unknown --quiet -- -D warnings
	$(call say,Clippy$(comma) WASM cut into parts)
	cargo clippy --package frontend --target wasm32-unknown-unknown --config 'profile.dev.package.frontend.opt-level="z"' --quiet -- -D warnings
	$(call say,Clippy$(comma) the program that cuts it)
	cargo clippy --manifest-path frontend/tool/Cargo.toml --target-dir target/tool --all-targets --locked --quiet -- -D warnings
	$(call say,Documentation)
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --quiet

unit:
	$(call say,Unit and API tests)
	tests/scripts/with_postgres.sh cargo test --workspace --exclude e2e
	TEST_STORE=postgres tests/scripts/with_postgres.sh cargo test --package backend --test api
	cargo test --package backend --features demo --test demo
	cargo test --package e2e --test tidy --test tidy_arrows --test tidy_copies --test tidy_model --test tidy_desks --test tidy_texts --test documents --test corpus
	@$(MAKE) instructions

# The server of a debug build, as the tests have it: a release build would take minutes more, and tells no more of a change.
instructions:
	$(NEEDS) valgrind
	$(call say,Instructions of the hot paths)
	cargo run --quiet --package e2e --bin instructions -- $(KEEP)

e2e:
	$(NEEDS) $(E2E_NEEDS)
	@$(MAKE) ui fetched $(GECKODRIVER)
	$(call say,A function of Lambda$(comma) and what AWS is for it)
	@$(MAKE) lambda-for-tests
	tests/scripts/with_postgres.sh cargo test --package e2e --test lambda -- --test-threads 2
	$(call say,Server and command line)
	@$(MAKE) program
	cargo test --package e2e --test lean
	$(call say,Several servers on one PostgreSQL$(comma) behind HAProxy)
	# One at a time: a database that takes two seconds for an answer is one that is away, and limits are less exact then.
	tests/scripts/with_postgres.sh cargo test --package e2e --test replicas -- --test-threads 1
	$(call say,Against Twilio's libraries for Node and Python)
	cargo test --package e2e --test interop
	$(call say,End to end in Chromium)
	cargo test --package e2e --test e2e -- --test-threads 2
	@$(MAKE) firefox

# The program that the tests run: static, as on any host, but not made small, which takes minutes (.ci/run has `make static`).
program:
	$(STATIC_WITH) cargo build --package backend --features page-inside --target $(STATIC_TARGET)

# In a network of its own: Firefox has no audio over loopback, and nothing may go over a real interface.
firefox:
	$(NEEDS) firefox
	@$(MAKE) ui $(GECKODRIVER)
	$(call say,The core of it in Firefox)
	cargo test --package e2e --test e2e --no-run
	E2E_BROWSER=firefox tests/scripts/apart.sh cargo test --offline --package e2e --test e2e -- --test-threads 2 $(IN_FIREFOX)

# With the sanitizer that comes with the toolchain. New inputs go to target/fuzz; one that tells something is kept in
# tests/fuzz/corpus, which `make unit` replays. Leaks are no fault: actix keeps the names of its routes for ever.
# A crash leaves its input in tests/fuzz/artifacts.
fuzz: $(CARGO_FUZZ)
	@cp Cargo.lock tests/fuzz/Cargo.lock
	@export RUSTC_BOOTSTRAP=1 ASAN_OPTIONS=detect_leaks=0; failed=; for target in $(FUZZ_TARGETS); do \
		printf '\033[1m==> Fuzzing %s for %s s\033[0m\n' $$target $(FUZZ_SECONDS); \
		mkdir -p target/fuzz/corpus/$$target; \
		cargo fuzz run --fuzz-dir tests/fuzz --target-dir target/fuzz $$target \
			target/fuzz/corpus/$$target tests/fuzz/corpus/$$target -- -detect_leaks=0 -max_total_time=$(FUZZ_SECONDS) || failed="$$failed $$target"; \
	done; \
	if [ -n "$$failed" ]; then echo "Failed:$$failed" >&2; exit 1; fi

# Property tests have the same seed every time elsewhere (.cargo/config.toml). One that fails is told with its seed, and the
# case is kept: as a test, or by what proptest has written into proptest-regressions.
soak:
	$(NEEDS)
	@$(MAKE) $(CARGO_FUZZ)
	cargo run --quiet --package e2e --bin soak -- $(SOAK_SECONDS) $(SOAK)

bench: $(NPM_PEERS)
	$(NEEDS) chromium fonts python postgres
	@$(MAKE) build
	@$(MAKE) lambda
	POSTGRES_FSYNC=on tests/scripts/with_postgres.sh cargo run --release --package e2e --bin bench -- $(BENCH)

# Fetches and builds everything anew, elsewhere: on a quiet machine, or the figure says nothing.
fresh:
	$(NEEDS)
	cargo run --package e2e --bin fresh

lighthouse: $(LIGHTHOUSE)
	$(NEEDS) chromium fonts
	@$(MAKE) ui
	CHROME_PATH=$$(command -v chromium) cargo run --package e2e --bin lighthouse

screenshots:
	$(NEEDS) chromium fonts
	@$(MAKE) ui
	cargo run --package e2e --bin screenshots -- $(PICTURES_IN:%=--language %) $(PICTURES)

ui: $(UI)

$(UI): $(UI_SOURCES) | $(PAGE_TOOL) wasm-target
	$(call say,Building the user interface)
	node frontend/scripts/release.mjs

$(NPM): frontend/package.json frontend/package-lock.json
	$(call say,Fetching the Voice SDK$(comma) wasm-opt and esbuild from npm)
	cd frontend && npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

$(NPM_PEERS): tests/package.json tests/package-lock.json
	$(call say,Fetching what the tests compare with from npm)
	cd tests && npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

$(LIGHTHOUSE): tests/lighthouse/package.json tests/lighthouse/package-lock.json
	$(call say,Fetching Lighthouse from npm)
	cd tests/lighthouse && npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

$(PYTHON_PEERS): tests/requirements.txt
	$(call say,Fetching what the tests compare with from PyPI)
	python3 -m venv --clear tests/.venv
	tests/.venv/bin/pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	@touch $@

$(CARGO_FUZZ):
	$(call say,Building cargo-fuzz $(CARGO_FUZZ_VERSION) (once per machine))
	@$(TOOL_BUILD) $(TOOLS) cargo-fuzz --version $(CARGO_FUZZ_VERSION) --locked
	@rm -rf $(TOOLS)/build && ln -sf cargo-fuzz $@

$(TRUNK):
	$(call say,Building trunk $(TRUNK_VERSION) (once per machine; some minutes))
	@$(TOOL_BUILD) $(TOOLS) trunk --version $(TRUNK_VERSION) --locked
	@rm -rf $(TOOLS)/build && ln -sf trunk $@

$(GECKODRIVER):
	$(call say,Building geckodriver $(GECKODRIVER_VERSION) (once per machine; some minutes))
	@$(TOOL_BUILD) $(TOOLS) geckodriver --version $(GECKODRIVER_VERSION) --locked
	@rm -rf $(TOOLS)/build && ln -sf geckodriver $@

$(PAGE_TOOL):
	$(call say,Building wasm-bindgen and the splitter (once per machine))
	@$(TOOL_BUILD) $(PAGE_TOOLS) --path frontend/tool --locked --target-dir target/tool

$(WASM_BINDGEN):
	$(call say,Building wasm-bindgen for Trunk (once per machine))
	@$(TOOL_BUILD) $(PAGE_TOOLS) --path frontend/tool --locked --target-dir target/tool --features trunk

.PHONY: wasm-target
wasm-target:
	@test -d "$$(MAKEFLAGS= rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" || rustup target add wasm32-unknown-unknown

clean:
	rm -rf target dist dist-dev dist-new artifacts frontend/node_modules tests/node_modules tests/lighthouse/node_modules tests/.venv

comma := ,
