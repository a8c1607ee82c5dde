# Cairn. `make run` and `make test` need the Rust toolchain, Node 20 and make; nothing else.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# The client's build is skipped while its sources have not changed.
WEB := client/web
WEB_SOURCES := $(shell find $(WEB)/src $(WEB)/public $(WEB)/build -type f 2>/dev/null) \
	$(wildcard $(WEB)/*.json $(WEB)/*.ts $(WEB)/*.html)
BIN := target/debug/cairn
FUZZ_SECONDS ?= 60
SOAK_ROUNDS ?= 500

.PHONY: help
help: ## What can be made.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: web ## Build all and serve on http://127.0.0.1:8080 with data in ./cairn-data.
	cargo run --release --locked -p cairn-server --bin cairn -- serve

.PHONY: web
web: $(WEB)/dist/index.html ## Build the web client.

$(WEB)/node_modules/.package-lock.json: $(WEB)/package-lock.json
	cd $(WEB) && npm ci --no-audit --no-fund
	@touch $@

$(WEB)/dist/index.html: $(WEB)/node_modules/.package-lock.json $(WEB_SOURCES)
	cd $(WEB) && npm run build

.PHONY: check
check: ## Format, lints, types.
	cargo fmt --all -- --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	$(MAKE) check-web

.PHONY: check-web
check-web: $(WEB)/node_modules/.package-lock.json
	cd $(WEB) && npm run check

.PHONY: bin
bin: web
	# Everything, not the binary alone: what is asked for decides the features of the dependencies, and each choice builds them anew.
	cargo build --workspace --all-targets --locked

.PHONY: test
test: export RUSTC_WORKSPACE_WRAPPER := clippy-driver
test: export CLIPPY_ARGS := -D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
# What is kept to build in increments, and lines for backtraces, are half of what our own crates take to build once. A panic names its
# place without them; whoever looks for its cause runs that test with `cargo test`.
test: export CARGO_INCREMENTAL := 0
test: export CARGO_PROFILE_DEV_DEBUG := 0
test: ## Everything that must hold (some 24 minutes on 2 cores, a quarter of it the first build).
	# The lints of `make check`, given by the compiler that builds what is tested: `cargo clippy` compiles all dependencies once more.
	# What it builds is what the compiler builds without lints, less a few optimisations that a debug build hardly has.
	cargo fmt --all -- --check
	$(MAKE) check-web bin
	# These wait for clocks and for one another's connections half of their time: together they keep both cores busy.
	$(MAKE) -j3 --output-sync=target test-rust test-web test-conformance
	# Nothing beside the browsers: they keep both cores busy, and some of them compare clocks.
	$(MAKE) test-browser
	$(MAKE) test-deploy

.PHONY: test-rust
test-rust: bin ## Rust unit, property, contract, crash and hostile tests.
	cargo test --workspace --locked

.PHONY: test-web
test-web: $(WEB)/node_modules/.package-lock.json ## The web client's own tests.
	cd $(WEB) && npm test

.PHONY: test-conformance
test-conformance: bin ## Stock Yjs clients against the real binary.
	cd tests/conformance && npm ci --no-audit --no-fund && npm test

.PHONY: test-browser
test-browser: bin ## Real browsers against the real binary; installs Debian's chromium when it is missing.
	tests/tools/chromium
	cd tests/browser && npm ci --no-audit --no-fund && npm test

.PHONY: look
look: bin ## Axe on every screen, both themes at every width (some minutes).
	tests/tools/chromium
	cd tests/browser && npm ci --no-audit --no-fund && LOOKS=all npm run look

.PHONY: screenshots
screenshots: bin ## A picture of every screen at two widths, light and dark, into screenshots/; SCENES="report map-" only those.
	tests/tools/chromium
	cd tests/browser && npm ci --no-audit --no-fund && npm run shots -- $(SCENES)

.PHONY: exports
exports: bin ## Every sample as SVG, PNG, sheets of A4 and a poster, into screenshots/exports/, to be looked at.
	tests/tools/exports screenshots/exports

.PHONY: pictures
pictures: bin ## The README's pictures anew, into docs/.
	tests/tools/chromium
	tests/tools/need pngquant
	cd tests/browser && npm ci --no-audit --no-fund && npm run pictures

.PHONY: test-deploy
test-deploy: bin ## The proxies, the unit and the image's stages.
	# The image is built from a copy, which was linted where it came from.
	RUSTC_WORKSPACE_WRAPPER= deploy/test.sh

.PHONY: release
release: web
	cargo build --release --locked -p cairn-server --bin cairn

.PHONY: bench
bench: release ## Throughput, latency, memory, opening, each beside a bare relay in the same run; then the browser (some minutes each).
	cargo run --release --locked -p cairn-tests --bin bench
	$(MAKE) bench-browser

.PHONY: bench-browser
bench-browser: release ## What a person at the map sees and feels: opening, thirty people typing, 2,000 cards, script.
	tests/tools/need chromium
	cd tests/browser && npm ci --no-audit --no-fund && CHROMIUM=$${CHROMIUM:-/usr/bin/chromium} CAIRN_BIN=$(CURDIR)/target/release/cairn npm run bench

.PHONY: soak
soak: release ## Kill the server at random moments, SOAK_ROUNDS times.
	CAIRN_CRASH_ROUNDS=$(SOAK_ROUNDS) cargo test --release --locked -p cairn-tests --test crash -- --nocapture

# yrs holds raw pointers: only the address sanitizer always sees it read freed memory. RUSTC_BOOTSTRAP lets the stable
# compiler use it. fuzz/known holds what was found before.
.PHONY: fuzz
fuzz: ## Fuzz the frame decoder and hostile updates, FUZZ_SECONDS each.
	command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --locked
	node fuzz/seed.mjs
	mkdir -p fuzz/corpus/integrate
	RUSTC_BOOTSTRAP=1 cargo fuzz run frame fuzz/corpus/frame fuzz/known/frame -- -max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=4096
	RUSTC_BOOTSTRAP=1 cargo fuzz run integrate fuzz/corpus/integrate fuzz/known/integrate -- -max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=512
