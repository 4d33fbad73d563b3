package payments_test

import (
	"testing"

	"meent/payments"
)

func TestArrives(t *testing.T) {
	for _, tt := range []struct {
		from payments.Day
		sent bool
		want payments.Day
	}{
		{"2026-11-23", false, "2026-11-26"}, {"2026-11-27", false, "2026-12-02"}, {"2026-11-28", true, "2026-12-01"},
		{"2026-12-23", false, "2026-12-29"}, {"2026-12-30", false, "2027-01-05"}, // Christmas is a Friday and a Saturday, New Year a Friday
		{"2026-04-01", false, "2026-04-08"}, {"2026-04-30", true, "2026-05-05"}, {"2027-03-25", true, "2027-03-31"},
	} {
		if got := payments.Arrives(tt.from, tt.sent); got != tt.want {
			t.Errorf("from %s (sent %v): %s, want %s", tt.from, tt.sent, got, tt.want)
		}
	}
}
