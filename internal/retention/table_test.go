package retention_test

import (
	"testing"
	"time"

	"meent/internal/retention"
)

// TestRulesAreWhole: each name once, one way of ending, one unit, and a reason.
func TestRulesAreWhole(t *testing.T) {
	seen := map[retention.Name]bool{}
	for _, r := range retention.Rules() {
		if seen[r.Name] {
			t.Errorf("%s stands there twice", r.Name)
		}
		seen[r.Name] = true
		ways, units := 0, 0
		for _, is := range []bool{r.Keep != (retention.Period{}), r.Newest > 0, r.Stays} {
			if is {
				ways++
			}
		}
		for _, n := range []int{r.Keep.Years, r.Keep.Months, r.Keep.Days, r.Keep.Hours} {
			if n != 0 {
				units++
			}
			if n < 0 {
				t.Errorf("%s: a period of %d", r.Name, n)
			}
		}
		if ways != 1 || units > 1 || r.Keep.YearEnd && r.Keep.Years == 0 {
			t.Errorf("%s has %d ways of ending and %d units", r.Name, ways, units)
		}
		if r.Why == "" || r.Stays != (r.From == "") {
			t.Errorf("%s: from %q, because of %q", r.Name, r.From, r.Why)
		}
		if (r.Why == retention.Books || r.Why == retention.Claims) != (r.Law != "") {
			t.Errorf("%s: a law and no law: %q, %q", r.Name, r.Why, r.Law)
		}
	}
}

// TestBooksAreKeptSevenYears: what the law says is not changed by accident.
func TestBooksAreKeptSevenYears(t *testing.T) {
	for _, r := range retention.Rules() {
		if r.Why == retention.Books && r.Keep != (retention.Period{Years: 7, YearEnd: true}) {
			t.Errorf("%s is kept for %+v", r.Name, r.Keep)
		}
	}
}

// TestUnknownStays: a name that is in no table, and what stays, never runs out.
func TestUnknownStays(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	for _, name := range []retention.Name{"nowhere", retention.Ledger, retention.Deeds, retention.Mailbox} {
		if before := retention.Before(name, now); !before.IsZero() {
			t.Errorf("%s runs out before %v", name, before)
		}
	}
	if before := retention.Before(retention.SignIns, now); !before.Equal(now.AddDate(0, 0, -1)) {
		t.Errorf("sign-ins run out before %v", before)
	}
}
