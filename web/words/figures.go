package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"meent/members"
	"meent/payments"
)

// Money writes an amount: € 14,99 in Dutch, €14.99 in English.
func (s *Speaker) Money(amount payments.Cents) string {
	sign := ""
	if amount < 0 {
		sign, amount = "-", -amount
	}
	euros, cents := s.grouped(int64(amount/100)), amount%100
	if s.Locale == members.English {
		return fmt.Sprintf("%s€%s.%02d", sign, euros, cents)
	}
	return fmt.Sprintf("€\u00a0%s%s,%02d", sign, euros, cents) // no-break space
}

// Percent writes a share: 10, or 12,5 in Dutch and 12.5 in English.
func (s *Speaker) Percent(share members.BasisPoints) string {
	text := strconv.Itoa(int(share / 100))
	if part := strings.TrimRight(fmt.Sprintf("%02d", share%100), "0"); part != "" {
		text += "." + part
	}
	if s.Locale == members.Dutch {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// Whole writes a number of things, 0 or more: 12.400 in Dutch, 12,400 in English.
func (s *Speaker) Whole(n int) string { return s.grouped(int64(n)) }

func (s *Speaker) grouped(n int64) string {
	separator := "."
	if s.Locale == members.English {
		separator = ","
	}
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return digits
}

// Date writes a day: di 24 nov, Tue 24 Nov.
func (s *Speaker) Date(at time.Time) string {
	at = at.In(s.zone)
	return fmt.Sprintf("%s %d %s", s.days()[at.Weekday()][:s.short()], at.Day(), s.shortMonth(at.Month()))
}

// shortMonth is three letters, but Dutch maart is mrt.
func (s *Speaker) shortMonth(m time.Month) string {
	if s.Locale == members.Dutch && m == time.March {
		return "mrt"
	}
	return s.months()[m-1][:3]
}

// LongDate writes a day in full, for headings and for being read aloud:
// dinsdag 24 november, Tuesday 24 November.
func (s *Speaker) LongDate(at time.Time) string {
	at = at.In(s.zone)
	return fmt.Sprintf("%s %d %s", s.days()[at.Weekday()], at.Day(), s.months()[at.Month()-1])
}

// DayOf writes a day that the law names: 1 januari 2027.
func (s *Speaker) DayOf(day payments.Day) string {
	at, err := time.ParseInLocation(time.DateOnly, string(day), s.zone)
	if err != nil {
		return string(day)
	}
	return fmt.Sprintf("%d %s %d", at.Day(), s.months()[at.Month()-1], at.Year())
}

// Time writes a time of day: 9.00 uur, 9:00.
func (s *Speaker) Time(at time.Time) string {
	if s.Locale == members.English {
		return at.In(s.zone).Format("15:04")
	}
	return s.clock(at) + "\u00a0uur" // no-break space
}

// Span writes from when to when: 9.00–12.00 uur, 09:00–12:00.
func (s *Speaker) Span(from, until time.Time) string {
	if s.Locale == members.English {
		return s.Time(from) + to + s.Time(until)
	}
	return s.clock(from) + to + s.Time(until)
}

// to is a dash at which no line breaks.
const to = "\u2060–\u2060"

func (s *Speaker) clock(at time.Time) string {
	at = at.In(s.zone)
	return fmt.Sprintf("%d.%02d", at.Hour(), at.Minute())
}

// Quarter writes a time of day that is counted in quarters: 9.00, 09:00.
func (s *Speaker) Quarter(n int) string {
	if s.Locale == members.English {
		return fmt.Sprintf("%02d:%02d", n/4, n%4*15)
	}
	return fmt.Sprintf("%d.%02d", n/4, n%4*15)
}

// QuarterSpan is Span for times that are counted in quarters.
func (s *Speaker) QuarterSpan(from, until int) string {
	span := s.Quarter(from) + to + s.Quarter(until)
	if s.Locale == members.English {
		return span
	}
	return span + "\u00a0uur" // no-break space
}

// Weekday names a day of the week, Monday 0.
func (s *Speaker) Weekday(n int) string { return s.days()[(n+1)%7] }

// Duration writes hours and minutes: 3 uur, 2 uur 30.
func (s *Speaker) Duration(d time.Duration) string {
	hours, minutes := int(d.Hours()), int(d.Minutes())%60
	word := "uur"
	if s.Locale == members.English {
		word = "h"
	}
	switch {
	case minutes == 0:
		return fmt.Sprintf("%d\u00a0%s", hours, word)
	case hours == 0:
		return fmt.Sprintf("%d\u00a0min", minutes)
	default:
		return fmt.Sprintf("%d\u00a0%s %02d", hours, word, minutes)
	}
}

// Distance writes metres as people say them: 700 m, 3 km, 1,5 km.
func (s *Speaker) Distance(metres int) string {
	if metres < 950 {
		return fmt.Sprintf("%d\u00a0m", (metres+50)/100*100)
	}
	if metres >= 9500 {
		return fmt.Sprintf("%d\u00a0km", (metres+500)/1000)
	}
	text := strings.TrimSuffix(strconv.FormatFloat(float64((metres+250)/500)/2, 'f', 1, 64), ".0")
	if s.Locale == members.Dutch {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text + "\u00a0km"
}

// short is how many letters of a weekday stand in a date.
func (s *Speaker) short() int {
	if s.Locale == members.English {
		return 3
	}
	return 2
}

func (s *Speaker) days() []string {
	if s.Locale == members.English {
		return []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	}
	return []string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}
}

func (s *Speaker) months() []string {
	if s.Locale == members.English {
		return []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	}
	return []string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}
}
