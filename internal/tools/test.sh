#!/bin/sh
# Runs all tests, in two lines beside each other, so that two cores have work from
# the beginning to the end: the program with its browsers and drills, the longest
# first; and all else, with the race detector where things happen at once. What the
# second line says is shown when both have ended. `make check` vets, and all of it.
set -u
cd "$(dirname "$0")/../.." || exit
said=$(mktemp) || exit
trap 'rm -f "$said"' EXIT
trap 'cat "$said"; trap - TERM; kill 0' INT TERM # both lines

program() {
	failed=0
	go test -vet=off -p 1 -timeout 14m ./cmd/meent ./cmd/... || failed=1
	go -C cmd/bench test -vet=off ./... || failed=1
	return $failed
}

others() {
	failed=0
	# shellcheck disable=SC2046 # one word a package
	go test -vet=off -p 1 -race $(go list ./... | grep -v '^meent/web$\|^meent/cmd\|^meent/internal/photo$') || failed=1
	go test -vet=off ./internal/photo || failed=1 # one picture after another: nothing happens at once
	go test -vet=off -timeout 14m ./web || failed=1
	return $failed
}

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
