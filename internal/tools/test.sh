#!/bin/sh
# Runs all tests, two packages beside each other, so that two cores have work from the
# beginning to the end: whoever is free takes the next turn, the longest first. `turn` and
# a name take that one alone. `make check` vets.
set -u
cd "$(dirname "$0")/../.." || exit
export GOGC=400 # compilers and tests live for minutes: memory is cheaper here than time

# Packages with a turn of their own, by how long they take; all others share one.
first='cmd/meent'
long='payments matching web cmd/drill jobs cmd/meent/demo'

# In the memory of these, things happen at once most, and the race detector looks on; the
# others leave that to Postgres, or are quick to ask when they change. `make race` asks all.
together='internal/check internal/mail internal/redisd internal/tasks web/live'

# shellcheck disable=SC2046,SC2086 # one word a package
turn() {
	case $1 in
	bench) go -C cmd/bench test -vet=off ./... ;;
	race) go test -vet=off -p 1 -race $(packages $together) ;;
	others) go test -vet=off -p 1 -timeout 20m $(others) ;;
	*) go test -vet=off -timeout 20m "./$1" ;;
	esac
}

packages() { printf './%s\n' "$@"; }

# shellcheck disable=SC2046,SC2086
others() {
	named=$(mktemp) || return
	go list $(packages $first $long $together) >"$named" && go list ./... | grep -vxFf "$named"
	rm -f "$named"
}

if [ "${1:-}" = turn ]; then
	turn "$2"
	exit
fi

trap 'trap - TERM; kill 0' INT TERM # all of them
# shellcheck disable=SC2086
printf '%s\n' $first others $long race bench | xargs -P 2 -n 1 internal/tools/test.sh turn &
wait $!
