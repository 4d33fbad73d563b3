# Each target is a few lines; `make help` lists them.
tool = go tool -modfile=internal/tools/go.mod

# Gin without MessagePack, which nobody here speaks: its codec alone takes as long to
# build as all our pages.
# Nothing is inlined: that takes half of the time to build pages and go-redis, and here
# the build is what one waits for. Figures and the image are made as usual.
export GOFLAGS := -tags=nomsgpack -gcflags=all=-l

.PHONY: help run built test race check generate bench drills

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-10s %s\n", $$1, $$2}' Makefile

run: ## everything on this machine, with demo people
	@internal/tools/install.sh postgres
	go run ./cmd/meent

built: ## builds what others wrote and the tests are made of
	GOGC=400 go build $$(go list -deps -test ./... | grep '[.].*/' | grep -v -e '^meent' -e ' ')

test: ## all tests; installs what is missing
	@internal/tools/install.sh compiler postgres redis chromium poppler axe
	@internal/tools/test.sh

race: ## all tests with the race detector: domains, pages, browsers, drills too; the races and the kills of offers at full size
	MEENT_RACE=full go test -race -run Many ./matching
	MEENT_KILLS=full go test -timeout 30m -run KilledBetween ./matching
	go test -race -timeout 60m ./...

check: ## format, vet, staticcheck, tidy modules, generated pages, known vulnerabilities
	@internal/tools/check.sh

generate: ## pages from web/**/*.templ
	$(tool) templ generate -path web

drills: ## money under fire, judged by the simulator's book; then all drills small, with their planted bugs
	go run ./cmd/drill all
	MEENT_DRILLS=all go test -timeout 60m -run TestDrills ./cmd/drill

bench: export GOFLAGS := -tags=nomsgpack
bench: ## figures beside their peers
	go -C cmd/bench run . queue
	go -C cmd/bench run . story
	go -C cmd/bench run . pages
	go -C cmd/bench run . search -docs 100000
	go -C cmd/bench run . ledger
	go -C cmd/bench run . match
	go -C cmd/bench run . sync
	go -C cmd/bench test -run '^$$' -bench . ./...
	go test -run '^$$' -bench . ./...
