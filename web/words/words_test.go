package words_test

import (
	"testing"
	"time"

	"meent/members"
	"meent/payments"
	"meent/web/words"
)

func speakers(t *testing.T) (dutch, english *words.Speaker) {
	t.Helper()
	book, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	return book.In(members.Dutch), book.In(members.English)
}

// TestWhole: thousands are set apart.
func TestWhole(t *testing.T) {
	nl, en := speakers(t)
	for n, want := range map[int][2]string{0: {"0", "0"}, 999: {"999", "999"}, 1000: {"1.000", "1,000"}, 1234567: {"1.234.567", "1,234,567"}} {
		if nl.Whole(n) != want[0] || en.Whole(n) != want[1] {
			t.Errorf("%d is %q and %q, want %q", n, nl.Whole(n), en.Whole(n), want)
		}
	}
}

func TestPercent(t *testing.T) {
	nl, en := speakers(t)
	for share, want := range map[members.BasisPoints][2]string{0: {"0", "0"}, 1000: {"10", "10"}, 1250: {"12,5", "12.5"}, 5: {"0,05", "0.05"}, 199: {"1,99", "1.99"}} {
		if nl.Percent(share) != want[0] || en.Percent(share) != want[1] {
			t.Errorf("%d basis points are %q and %q, want %q", int(share), nl.Percent(share), en.Percent(share), want)
		}
	}
}

func TestMoney(t *testing.T) {
	nl, en := speakers(t)
	tests := []struct {
		cents  payments.Cents
		nl, en string
	}{
		{1499, "€\u00a014,99", "€14.99"},
		{5, "€\u00a00,05", "€0.05"},
		{123456789, "€\u00a01.234.567,89", "€1,234,567.89"},
		{-205, "€\u00a0-2,05", "-€2.05"},
	}
	for _, tt := range tests {
		if nl.Money(tt.cents) != tt.nl || en.Money(tt.cents) != tt.en {
			t.Errorf("%d cents are %q and %q, want %q and %q", int64(tt.cents), nl.Money(tt.cents), en.Money(tt.cents), tt.nl, tt.en)
		}
	}
}

// TestDatesAndTimes goes across both changes of the clock, midnight and March.
func TestDatesAndTimes(t *testing.T) {
	nl, en := speakers(t)
	tests := []struct{ utc, date, long, time, english string }{
		{"2026-11-24T08:00:00Z", "di 24 nov", "dinsdag 24 november", "9.00\u00a0uur", "Tue 24 Nov 09:00"},
		{"2026-03-29T00:59:00Z", "zo 29 mrt", "zondag 29 maart", "1.59\u00a0uur", "Sun 29 Mar 01:59"},
		{"2026-03-29T01:00:00Z", "zo 29 mrt", "zondag 29 maart", "3.00\u00a0uur", "Sun 29 Mar 03:00"},
		{"2026-10-25T00:30:00Z", "zo 25 okt", "zondag 25 oktober", "2.30\u00a0uur", "Sun 25 Oct 02:30"},
		{"2026-10-25T01:30:00Z", "zo 25 okt", "zondag 25 oktober", "2.30\u00a0uur", "Sun 25 Oct 02:30"},
		{"2026-12-31T23:05:00Z", "vr 1 jan", "vrijdag 1 januari", "0.05\u00a0uur", "Fri 1 Jan 00:05"},
	}
	for _, tt := range tests {
		at, err := time.Parse(time.RFC3339, tt.utc)
		if err != nil {
			t.Fatal(err)
		}
		if nl.Date(at) != tt.date || nl.LongDate(at) != tt.long || nl.Time(at) != tt.time {
			t.Errorf("%s is %q, %q, %q", tt.utc, nl.Date(at), nl.LongDate(at), nl.Time(at))
		}
		if got := en.Date(at) + " " + en.Time(at); got != tt.english {
			t.Errorf("%s is %q in English, want %q", tt.utc, got, tt.english)
		}
	}
}

func TestSpanDurationDistance(t *testing.T) {
	nl, en := speakers(t)
	from := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	for got, want := range map[string]string{
		nl.Span(from, from.Add(3*time.Hour)): "9.00\u2060–\u206012.00\u00a0uur",
		en.Span(from, from.Add(3*time.Hour)): "09:00\u2060–\u206012:00",
		nl.Duration(3 * time.Hour):           "3\u00a0uur",
		nl.Duration(150 * time.Minute):       "2\u00a0uur 30",
		nl.Duration(30 * time.Minute):        "30\u00a0min",
		nl.Distance(720):                     "700\u00a0m",
		nl.Distance(3100):                    "3\u00a0km",
		nl.Distance(1400):                    "1,5\u00a0km",
		en.Distance(1400):                    "1.5\u00a0km",
		nl.Distance(42_400):                  "42\u00a0km",
		nl.DayOf("2027-01-01"):               "1 januari 2027",
		nl.T("frame.skip"):                   "Naar de inhoud",
		en.N("members.count", 1):             "One member",
		nl.N("members.count", 60):            "60 leden",
		nl.T("gig.rate", "Rate", "€ 15,00"):  "€ 15,00 per uur",
		nl.T("no.such.key"):                  "no.such.key",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
