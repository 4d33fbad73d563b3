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

# told <turn>: where is written what it printed.
told() { printf '%s/%s' "$MEENT_TOLD" "$(printf %s "$1" | tr / _)"; }

# taken is a turn whose output is kept, beside whether it failed.
taken() {
	{ turn "$1" 2>&1 || : >"$(told "$1").failed"; } | tee "$(told "$1")"
	[ ! -e "$(told "$1").failed" ]
}

# failures names what failed once more, at the end, where one looks first: a test that
# waited in vain buries its name under thousands of lines.
failures() {
	for mark in "$MEENT_TOLD"/*.failed; do
		[ -e "$mark" ] || continue
		turn=${mark%.failed}
		echo "failed in ${turn##*/}:"
		grep -E -A 4 '^ *--- FAIL|^panic: |^WARNING: DATA RACE|\[(build|setup) failed\]' "$turn" | head -n 60
	done
}

if [ "${1:-}" = turn ]; then
	if [ -n "${MEENT_TOLD:-}" ]; then taken "$2"; else turn "$2"; fi
	exit
fi

MEENT_TOLD=$(mktemp -d) || exit # for all turns
export MEENT_TOLD
trap 'rm -rf "$MEENT_TOLD"' EXIT
trap 'trap - TERM; kill 0' INT TERM # all of them
# shellcheck disable=SC2086
printf '%s\n' $first others $long race bench | xargs -P 2 -n 1 internal/tools/test.sh turn &
wait $!
status=$?
failures
exit $status
