#!/bin/sh
# Checks the code without running it, all of it before it says what failed.
# VULNDB names an archive (.tgz) of golang/vulndb's data folder; without one,
# known vulnerabilities are not looked for, and it says so.
set -u
cd "$(dirname "$0")/../.." || exit
# shellcheck source=internal/tools/step.sh
. internal/tools/step.sh

tool() { go tool -modfile=internal/tools/go.mod "$@"; }

formatted() {
	list=$(gofmt -l .) && [ -z "$list" ] && return
	echo "gofmt would change: $list" >&2
	return 1
}

vet() { go vet ./... && go vet -tags drill,nomsgpack ./cmd/meent && go -C cmd/bench vet ./...; }

tidy() { go mod tidy -diff && go -C cmd/bench mod tidy -diff && go -C internal/tools mod tidy -diff; }

# generated compares the committed pages with what templ makes of their sources.
generated() {
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	cp -R web "$work/web"
	tool templ generate -path "$work/web" >"$work/log" 2>&1 || { cat "$work/log" >&2 && return 1; }
	diff -r web "$work/web"
}

vulnerable() {
	archive=$(database) || return
	if [ -z "$archive" ]; then
		echo "   not done: no database of vulnerabilities (VULNDB names one)"
		return
	fi
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	tar -xzf "$archive" -C "$work" && tool govulncheck -db "file://$work/data/osv" ./...
}

# database names the archive, if VULNDB says one.
database() {
	if [ -n "${VULNDB:-}" ]; then
		[ -f "$VULNDB" ] || { echo "VULNDB names no file: $VULNDB" >&2 && return 1; }
		echo "$VULNDB" && return
	fi
}

step format formatted
step vet vet
step staticcheck tool staticcheck ./...
step "modules are tidy" tidy
step "pages are generated" generated
step vulnerabilities vulnerable
verdict
