#!/bin/sh
# Runs all tests, two packages beside each other, so that two cores have work from the
# beginning to the end: whoever is free takes the next, the longest first.
# `make check` vets.
set -u
cd "$(dirname "$0")/../.." || exit
export GOGC=400 # compilers and tests live for minutes: memory is cheaper here than time

# Packages with a turn of their own, by how long they take; the others share one.
long='cmd/meent payments matching web cmd/drill jobs cmd/meent/demo'

# In the memory of these, things happen at once most, and the race detector looks on; the
# others leave that to Postgres, or are quick to ask when they change. `make race` asks all.
together='internal/check internal/mail internal/redisd internal/tasks web/live'

turn() {
	case $1 in
	bench) go -C cmd/bench test -vet=off ./... ;;
	# shellcheck disable=SC2046,SC2086 # one word a package
	race) go test -vet=off -p 1 -race $(packages $together) ;;
	# shellcheck disable=SC2046
	others) go test -vet=off -p 1 $(others) ;;
	*) go test -vet=off -timeout 20m "./$1" ;;
	esac
}

packages() { printf './%s\n' "$@"; }

others() {
	named=$(mktemp) || return
	# shellcheck disable=SC2046,SC2086
	go list $(packages $long $together) >"$named" && go list ./... | grep -vxFf "$named"
	rm -f "$named"
}

if [ $# = 1 ]; then
	turn "$1"
	exit
fi

trap 'trap - TERM; kill 0' INT TERM # all of them
printf '%s\n' cmd/meent others $long race bench | awk '!seen[$0]++' | xargs -P 2 -n 1 internal/tools/test.sh &
wait $!
