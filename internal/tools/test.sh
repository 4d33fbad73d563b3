#!/bin/sh
# Runs all tests, in two lines beside each other, so that two cores have work from
# the beginning to the end: the program with its browsers, drills and benches,
# the longest first, and members; and all else, beginning with the race detector where things
# happen at once.
# What the second line says is shown when both have ended. `make check` vets.
set -u
cd "$(dirname "$0")/../.." || exit
said=$(mktemp) || exit
trap 'rm -f "$said"' EXIT
trap 'cat "$said"; trap - TERM; kill 0' INT TERM # both lines

export GOGC=400 # compilers and tests live for minutes: memory is cheaper here than time

program() {
	failed=0
	go test -vet=off -p 1 -timeout 20m ./cmd/meent ./cmd/... ./members/... || failed=1
	go -C cmd/bench test -vet=off ./... || failed=1
	return $failed
}

others() {
	failed=0
	# shellcheck disable=SC2046 # one word a package
	go test -vet=off -p 1 -race $(rest | grep "$together") || failed=1
	# shellcheck disable=SC2046
	go test -vet=off -p 1 -timeout 20m $(rest | grep -v "$together") || failed=1
	return $failed
}

# In the memory of these, things happen at once most; the others leave that to
# Postgres, or are quick to ask when they change.
# `make race` asks all.
together='^meent/internal/\(check\|mail\|redisd\|tasks\)\|^meent/web/live'
rest() { go list ./... | grep -v '^meent/\(cmd\|members\)\(/\|$\)'; }

program &
one=$!
others >"$said" 2>&1 &
two=$!
wait $one
one=$?
wait $two
two=$?
cat "$said"
[ $one = 0 ] && [ $two = 0 ]
