package coaching

import (
	"time"

	"meent/members"
)

// patience is how long a question may wait, counted on working days alone.
const patience = 24 * time.Hour

// answerBefore is until when a question of now can wait: 24 hours of working
// days in the Netherlands. Saturdays and Sundays do not count, so a question of
// Friday afternoon waits until Monday afternoon. Holidays do: nobody keeps a
// list of them yet.
func answerBefore(now time.Time) time.Time {
	at, left := now.In(members.Amsterdam()), patience
	for {
		midnight := time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, at.Location())
		if room := midnight.Sub(at); !weekend(at) {
			if left <= room {
				return at.Add(left).UTC()
			}
			left -= room
		}
		at = midnight
	}
}

func weekend(at time.Time) bool {
	return at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
}
