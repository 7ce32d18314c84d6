# `make` alone lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Everything that is built or kept lives here; git does not see it.
export SANDBOX_DIR ?= $(CURDIR)/.sandbox
BIN := $(SANDBOX_DIR)/bin
SANDBOX := $(BIN)/sandbox
PLATFORM := $(BIN)/platform
GOLANGCI := $(BIN)/golangci-lint
MODULES := . sandbox sandbox/aws

.PHONY: help
help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: up down status env verify
up: $(SANDBOX) ## bring the estate up in a local cloud, and verify it from outside
	@$(SANDBOX) up
down: $(SANDBOX) ## stop the local cloud and remove its state
	@$(SANDBOX) down
verify: $(SANDBOX) ## look at the local cloud from outside, with the AWS CLI
	@$(SANDBOX) verify
status: $(SANDBOX) ## processes, ports, versions, and what the local cloud simulates
	@$(SANDBOX) status
env: $(SANDBOX) ## print shell exports: eval "$$(make -s env)"
	@$(SANDBOX) env

.PHONY: test check lint e2e bench docs golden
test: ## unit tests of all modules, goldens, stale docs (needs no cloud)
	@for module in $(MODULES); do \
	  echo "== go test ./... in $$module (first time: minutes of compiling the AWS SDK packages; then seconds)"; \
	  (cd $$module && .ci/heartbeat go test ./...) ; \
	done
check: lint test ## everything that a pull request must pass but e2e
lint: $(GOLANGCI) ## golangci-lint over all modules
	@$(GOLANGCI) config verify
	@for module in $(MODULES); do echo "== golangci-lint in $$module"; (cd $$module && $(GOLANGCI) run --config $(CURDIR)/.golangci.yml ./...); done
e2e: $(SANDBOX) ## deploy to a fresh local cloud, verify, break it, destroy it (about 8 minutes)
	@$(SANDBOX) e2e
bench: $(SANDBOX) $(PLATFORM) ## time and memory of the offline graph and of the local cloud
	@go run ./tests/bench
	@$(SANDBOX) bench
docs: $(PLATFORM) ## write the generated pages under docs/
	@$(PLATFORM) docs
golden: ## accept the resource graphs as they are now; read the diff before you commit it
	@UPDATE_GOLDEN=1 go test ./tests/ -run Golden || true
	@git --no-pager diff --stat -- tests/testdata

.PHONY: clean
clean: ## stop the local cloud and remove everything that was built
	@if [ -x $(SANDBOX) ]; then $(SANDBOX) down; fi
	@rm -rf $(SANDBOX_DIR)

.PHONY: FORCE
FORCE:
