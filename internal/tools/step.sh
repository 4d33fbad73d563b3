#!/bin/sh
# To be read by other scripts: runs steps, times each, and remembers what failed.
failed=""

# step <name> <command...>
step() {
	step=$1 begin=$(date +%s)
	shift
	echo "== $step"
	("$@") || failed="$failed
  $step"
	echo "   $(($(date +%s) - begin)) s"
}

# verdict lists the steps that failed, and fails when there is one.
verdict() {
	[ -z "$failed" ] && return
	echo "failed:$failed" >&2
	return 1
}
