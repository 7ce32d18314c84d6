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
GREMLINS := $(BIN)/gremlins
GOBCO := $(BIN)/gobco
ACTIONLINT := $(BIN)/actionlint
MODULES := . sandbox sandbox/aws sandbox/kubernetes examples/app
BEAT := $(CURDIR)/.ci/heartbeat

.PHONY: help
help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: up
up: $(SANDBOX) ## bring the estate up in a local cloud and verify it (first time 20 minutes, then 11)
	@$(SANDBOX) up

.PHONY: down
down: $(SANDBOX) ## stop the local cloud and remove its state
	@$(SANDBOX) down

.PHONY: verify
verify: $(SANDBOX) ## check the local cloud from outside, with the AWS CLI and kubectl
	@$(SANDBOX) verify

.PHONY: status
status: $(SANDBOX) ## processes, ports, versions, and what the local cloud simulates
	@$(SANDBOX) status

.PHONY: env
env: $(SANDBOX) ## print shell exports for plain pulumi and aws: eval "$(make -s env)"
	@$(SANDBOX) env

.PHONY: test
test: $(SANDBOX) ## unit tests, goldens, stale pages (first time 10 minutes of compiling, then a minute)
	@# The plugin's tests run the real Terraform provider, which a new machine has to fetch first.
	@provider=$$($(SANDBOX) provider); export SANDBOX_TERRAFORM_PROVIDER_AWS=$$provider; \
	for module in $(MODULES); do \
	  echo "== go test ./... in $$module"; \
	  (cd $$module && $(BEAT) "testing $$module (the AWS SDK packages take minutes to compile once)" go test ./...); \
	done

.PHONY: check
check: lint coverage test ## what a pull request must pass before e2e: lint and test

.PHONY: lint
lint: $(GOLANGCI) $(ACTIONLINT) ## golangci-lint over all modules, actionlint over the workflows (first time 3 minutes)
	@echo "== actionlint"
	@# Without shellcheck and pyflakes, which are on some machines and not on others.
	@$(ACTIONLINT) -shellcheck= -pyflakes= -config-file .github/actionlint.yaml .github/workflows/*.yml
	@# The schema of this very version, from its module: the default one is fetched from the internet.
	@$(GOLANGCI) config verify --schema "$$(cd tools && go list -m -f '{{.Dir}}' github.com/golangci/golangci-lint/v2)/jsonschema/golangci.next.jsonschema.json"
	@for module in $(MODULES); do \
	  echo "== golangci-lint in $$module"; \
	  (cd $$module && $(BEAT) "linting $$module" $(GOLANGCI) run --config $(CURDIR)/.golangci.yml ./...); \
	done

.PHONY: e2e
e2e: $(SANDBOX) ## deploy to a fresh local cloud, verify, break, repair, release, destroy (40 minutes)
	@$(SANDBOX) e2e

.PHONY: bench
bench: $(SANDBOX) ## time and memory of the offline graph and of the local cloud
	@$(BEAT) "compiling the benchmark" go run ./tests/bench
	@$(SANDBOX) bench

.PHONY: coverage
coverage: $(GOBCO) ## coverage of the rules of promotion by branch; fails at 95 % or less
	@$(GOBCO) -branch ./pkg/promotion | awk '{print} /^Branch coverage:/ {split($$3, of, "/"); part = 100 * of[1] / of[2]} \
	  END {printf "%.1f %% of the branches of pkg/promotion\n", part; exit part > 95 ? 0 : 1}'

# In a copy of the rules alone: gremlins copies the whole module for itself.
.PHONY: mutation
mutation: $(GREMLINS) ## change the rules of promotion one by one, and show what no test notices (20 minutes)
	@copy=$$(mktemp -d); trap 'rm -rf "$$copy"' EXIT; \
	tar -c go.mod go.sum docs/promotion.md .github/promotion.yaml pkg/promotion/*.go | tar -x -C "$$copy"; \
	cd "$$copy" && $(GREMLINS) unleash --invert-logical --invert-loopctrl --invert-assignments --remove-self-assignments \
	  --workers 1 --timeout-coefficient 20 --output-statuses lctv ./pkg/promotion

.PHONY: docs
docs: $(PLATFORM) ## write the generated pages under docs/
	@$(PLATFORM) docs

.PHONY: golden
golden: ## accept the resource graphs as they are; read the difference before you commit it
	@# The run that writes fails on purpose; the second one must pass.
	@UPDATE_GOLDEN=1 $(BEAT) "compiling the tests" go test ./tests/ -run Golden > /dev/null || true
	@go test ./tests/ -run Golden
	@git --no-pager diff --stat -- tests/testdata

.PHONY: clean
clean: ## stop the local cloud and remove everything that was built
	@if [ -x $(SANDBOX) ]; then $(SANDBOX) down; fi
	@rm -rf $(SANDBOX_DIR)

# Go knows what has changed; asking it costs a second. `make -s env` prints exports alone, so news goes to stderr.
.PHONY: FORCE
FORCE:

$(SANDBOX): FORCE
	@cd sandbox && $(BEAT) "compiling the sandbox command (a minute, once)" go build -o $@ ./cmd/sandbox

$(PLATFORM): FORCE
	@$(BEAT) "compiling the platform command (3 minutes, once)" go build -o $@ ./cmd/platform

$(GOLANGCI): tools/go.sum
	@mkdir -p $(BIN)
	@cd tools && $(BEAT) "compiling golangci-lint (5 minutes, once)" go build -o $@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint

$(GOBCO): tools/go.sum
	@mkdir -p $(BIN)
	@cd tools && $(BEAT) "compiling gobco" go build -o $@ github.com/rillig/gobco

$(GREMLINS): tools/go.sum
	@mkdir -p $(BIN)
	@cd tools && $(BEAT) "compiling gremlins" go build -o $@ github.com/go-gremlins/gremlins/cmd/gremlins

$(ACTIONLINT): tools/go.sum
	@mkdir -p $(BIN)
	@cd tools && $(BEAT) "compiling actionlint" go build -o $@ github.com/rhysd/actionlint/cmd/actionlint
