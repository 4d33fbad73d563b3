package payments

import "time"

// bankDays is how many working days the gateway and a bank take together, as a
// rule, from when a client has paid, and one less from when it was sent.
const bankDays = 3

// Arrives is the last day on which money should be at the member's bank that left
// the client on this day: counted in days on which banks work, so that it may come
// sooner and should not come later. sent says that the gateway sent it then.
func Arrives(from Day, sent bool) Day {
	days := bankDays
	if sent {
		days--
	}
	at, err := time.Parse(time.DateOnly, string(from))
	if err != nil {
		return from
	}
	for days > 0 {
		at = at.AddDate(0, 0, 1)
		if banksWork(at) {
			days--
		}
	}
	return Day(at.Format(time.DateOnly))
}

// banksWork leaves out weekends and the days on which payments between Dutch banks
// rest: New Year, Good Friday, Easter Monday, the first of May and Christmas.
func banksWork(at time.Time) bool {
	if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
		return false
	}
	switch at.Format("01-02") {
	case "01-01", "05-01", "12-25", "12-26":
		return false
	}
	easter := easterOf(at.Year())
	return !at.Equal(easter.AddDate(0, 0, -2)) && !at.Equal(easter.AddDate(0, 0, 1))
}

// easterOf is Easter Sunday, by the rule of the Gregorian calendar.
func easterOf(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	month := (h + l - 7*m + 114) / 31
	day := (h+l-7*m+114)%31 + 1
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
