package words

import (
	"fmt"
	"time"

	"meent/members"
)

// Month names the month of a day: nov, and november 2026.
func (s *Speaker) Month(day members.Day) (short, long string) {
	at, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return string(day), string(day)
	}
	return s.shortMonth(at.Month()), fmt.Sprintf("%s %d", s.months()[at.Month()-1], at.Year())
}

// ShortDay writes a day of this year in little room: 24 nov.
func (s *Speaker) ShortDay(day members.Day) string {
	at, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return string(day)
	}
	return fmt.Sprintf("%d %s", at.Day(), s.shortMonth(at.Month()))
}
