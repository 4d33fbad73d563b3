package coaching

import (
	"testing"
	"time"

	"meent/members"
)

func TestAnswerBeforeCountsWorkingDays(t *testing.T) {
	for _, tt := range []struct{ name, asked, want string }{
		{"on a Tuesday", "2026-11-24 10:00", "2026-11-25 10:00"},
		{"on a Friday afternoon", "2026-11-27 15:00", "2026-11-30 15:00"},
		{"on a Friday at midnight", "2026-11-27 00:00", "2026-11-28 00:00"},
		{"on a Thursday night", "2026-11-26 23:59", "2026-11-27 23:59"},
		{"on a Saturday", "2026-11-28 12:00", "2026-12-01 00:00"},
		{"on a Sunday night", "2026-11-29 23:30", "2026-12-01 00:00"},
		{"on a Monday at midnight", "2026-11-30 00:00", "2026-12-01 00:00"},
		{"before the clock goes forward", "2026-03-27 15:00", "2026-03-30 15:00"},
		{"before the clock goes back", "2026-10-23 15:00", "2026-10-26 15:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			asked, err := time.ParseInLocation("2006-01-02 15:04", tt.asked, members.Amsterdam())
			if err != nil {
				t.Fatal(err)
			}
			if got := answerBefore(asked.UTC()).In(members.Amsterdam()).Format("2006-01-02 15:04"); got != tt.want {
				t.Errorf("asked %s, to answer before %s; want %s", tt.asked, got, tt.want)
			}
		})
	}
}
