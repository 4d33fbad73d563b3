package jobs

import (
	"strings"
	"testing"
	"time"

	"meent/members"
)

func TestReminders(t *testing.T) {
	at := func(text string) time.Time {
		moment, err := time.ParseInLocation("2006-01-02 15:04", text, members.Amsterdam())
		if err != nil {
			t.Fatal(err)
		}
		return moment.UTC()
	}
	for _, tt := range []struct{ name, now, starts, want string }{
		{"in winter", "2026-11-20 09:00", "2026-11-25 09:00", "day 2026-11-24 18:00 +0100, hours 2026-11-25 07:00 +0100"},
		{"in summer", "2026-07-01 09:00", "2026-07-10 09:00", "day 2026-07-09 18:00 +0200, hours 2026-07-10 07:00 +0200"},
		{"the clock goes forward in between", "2026-03-20 09:00", "2026-03-29 09:00", "day 2026-03-28 18:00 +0100, hours 2026-03-29 07:00 +0200"},
		{"and in the two hours", "2026-03-20 09:00", "2026-03-29 04:00", "day 2026-03-28 18:00 +0100, hours 2026-03-29 01:00 +0100"},
		{"the clock goes back in between", "2026-10-20 09:00", "2026-10-25 09:00", "day 2026-10-24 18:00 +0200, hours 2026-10-25 07:00 +0100"},
		{"at midnight", "2026-11-20 09:00", "2026-11-25 00:00", "day 2026-11-24 18:00 +0100, hours 2026-11-24 22:00 +0100"},
		{"on the first of a month", "2026-11-20 09:00", "2026-12-01 09:00", "day 2026-11-30 18:00 +0100, hours 2026-12-01 07:00 +0100"},
		{"agreed at six on the day before", "2026-11-24 18:00", "2026-11-25 09:00", "hours 2026-11-25 07:00 +0100"},
		{"agreed an hour before", "2026-11-25 08:00", "2026-11-25 09:00", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, r := range (Shift{Starts: at(tt.starts)}).reminders(at(tt.now)) {
				got = append(got, string(r.ahead)+" "+r.at.In(members.Amsterdam()).Format("2006-01-02 15:04 -0700"))
			}
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
