package jobs

import (
	"time"

	"meent/members"
)

// spanOf is from the first moment of a day until the last of another, on the
// clock of the Netherlands. Without a first day it is all that was.
func spanOf(from, until members.Day) (begin, end time.Time) {
	if from != "" {
		begin = midnight(from)
	}
	return begin, midnight(until.AddDays(1))
}

// midnight is where a real day begins.
func midnight(d members.Day) time.Time {
	at, _ := time.ParseInLocation(time.DateOnly, string(d), members.Amsterdam())
	return at
}
