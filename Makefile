# Everything a developer runs. `make help` lists it.

GO ?= go
GORELEASER = github.com/goreleaser/goreleaser/v2@v2.12.0
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
# The race detector needs cgo and a C compiler; without one the tests run without it.
CC_FOUND := $(shell command -v $$($(GO) env CC) 2>/dev/null)
RACE := $(if $(CC_FOUND),-race)
# It makes each program wait a second at its end, and there is one a package.
export GORACE = atexit_sleep_ms=0
FUZZTIME ?= 30s
SOAK ?= 1h

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build ## the demo: dashboard, broker and sample traffic
	@./joltui demo

.PHONY: build
build: ## build ./joltui
	$(GO) build -trimpath -ldflags "-X joltui/internal/cli/process.version=$$(packaging/version.sh)" -o joltui .

.PHONY: cluster
cluster: ## build ./joltui-cluster, with a node of NATS in it; needs Go 1.26
	cd cluster && $(GO) build -trimpath -ldflags "-X joltui/internal/cli/process.version=$$(../packaging/version.sh)" -o ../joltui-cluster .

.PHONY: test
test: ## run every test, with the race detector where a C compiler exists
	CGO_ENABLED=$(if $(RACE),1,0) $(GO) test $(RACE) -timeout 5m ./...
	cd e2e && CGO_ENABLED=$(if $(RACE),1,0) BUILDFLAGS=$(RACE) $(GO) test -count 1 -timeout 5m ./...

.PHONY: test-bench
test-bench: ## run the tests of the comparisons; their nats-server needs Go 1.26
	cd bench && CGO_ENABLED=$(if $(RACE),1,0) $(GO) test $(RACE) -timeout 5m ./...

.PHONY: test-cluster
test-cluster: ## run the tests of brokers that share messages, with real nodes of NATS; needs Go 1.26
	cd broker/clustertest && CGO_ENABLED=$(if $(RACE),1,0) $(GO) test $(RACE) -count 1 -timeout 5m ./...
	cd cluster && CGO_ENABLED=$(if $(RACE),1,0) $(GO) test $(RACE) -count 1 -timeout 5m ./...

.PHONY: lint
lint: ## gofmt, go vet and staticcheck
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "gofmt -w is needed for:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	$(GO) mod tidy -diff
	cd bench && $(GO) vet ./... && $(GO) run $(STATICCHECK) ./... && $(GO) mod tidy -diff
	cd e2e && $(GO) vet ./... && $(GO) run $(STATICCHECK) ./... && $(GO) mod tidy -diff
	cd packaging && $(GO) vet ./... && $(GO) run $(STATICCHECK) ./... && $(GO) mod tidy -diff
	cd broker/clustertest && $(GO) vet ./... && $(GO) run $(STATICCHECK) ./... && $(GO) mod tidy -diff
	cd cluster && $(GO) vet ./... && $(GO) run $(STATICCHECK) ./... && $(GO) mod tidy -diff

.PHONY: cross
cross: ## vet and build for Windows and macOS
	GOOS=windows $(GO) vet ./... && GOOS=windows $(GO) build -o /dev/null .
	GOOS=darwin $(GO) vet ./... && GOOS=darwin $(GO) build -o /dev/null .

.PHONY: golden
golden: ## write the golden files anew; read the diff before you commit it
	$(GO) test ./ui/... ./internal/cli/bench -update

.PHONY: dist
dist: ## build dist/: static, reproducible binaries for Linux, macOS and Windows, with checksums
	GO=$(GO) packaging/dist.sh dist

.PHONY: test-packages
test-packages: man completions ## build deb and rpm, install them into roots of their own; needs root, dpkg and rpm
	cd packaging && $(GO) test -count 1 -timeout 5m ./...

.PHONY: check-release
check-release: ## goreleaser's own check of .goreleaser.yaml; to build goreleaser takes minutes the first time
	$(GO) run $(GORELEASER) check

.PHONY: man
man: ## write build/man: a manual page for each command
	cd packaging && $(GO) run ./man ../build/man

.PHONY: completions
completions: build ## write build/completions, for bash, zsh, fish and PowerShell
	mkdir -p build/completions
	./joltui completion bash > build/completions/joltui.bash
	./joltui completion zsh > build/completions/_joltui
	./joltui completion fish > build/completions/joltui.fish
	./joltui completion powershell > build/completions/joltui.ps1

.PHONY: screenshots
screenshots: build ## draw the pictures of the README anew, from real runs
	cd e2e && $(GO) run ./screenshots ../joltui ../docs

.PHONY: bench
bench: ## compare with other brokers and with what this machine can do, in turn: 15 minutes
	$(GO) test -run '^$$' -bench Loopback -benchtime 9x ./jolt
	cd bench && $(GO) run .
	cd bench && $(GO) run ./dashboard

.PHONY: attack
attack: build ## hostile loads against ./joltui and other brokers: 30 minutes; BEFORE=path of an older one, ONLY=case,case
	cd bench && $(GO) run ./attack $(if $(BEFORE),-joltui $(abspath $(BEFORE))) -joltui $(CURDIR)/joltui $(if $(ONLY),-only $(ONLY))

.PHONY: microbench
microbench: ## run the benchmarks beside the code
	$(GO) test -run '^$$' -bench . -skip Loopback -benchmem ./...

.PHONY: fuzz
fuzz: ## fuzz each target for FUZZTIME (30s)
	@for package in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			echo "== $$package $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5x $$package || exit 1; \
		done; \
	done

.PHONY: soak
soak: ## faults every 5 s for SOAK (1h), hostile clients and dying nodes for 10 minutes each, and the long forms of the load tests
	JOLT_SOAK=$(SOAK) $(GO) test -timeout 0 -v -run 'TwentyByTwenty|ManyConnections|StalledCrowd' ./broker
	JOLT_SOAK=$(SOAK) $(GO) test -timeout 0 -v -run TestSoak ./internal/soak
	JOLT_SOAK=10m $(GO) test -timeout 0 -v -run TestHostile ./internal/soak
	cd broker/clustertest && JOLT_SOAK=10m $(GO) test -count 1 -timeout 0 -v -run TestDrills .
	cd e2e && JOLTUI_SOAK=10m $(GO) test -count 1 -timeout 15m -v -run TestFlood ./...

.PHONY: clean
clean: ## remove what was built
	rm -rf joltui build dist
