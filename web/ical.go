package web

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"meent/jobs"
)

// ical writes a calendar as RFC 5545 asks.
type ical struct{ text strings.Builder }

// longestLine is how many octets a line may have before its end.
const longestLine = 75

// line writes one property, folded: a line that goes on begins with a space. No
// letter is cut in two.
func (c *ical) line(text string) {
	room := longestLine
	for _, letter := range text {
		if size := utf8.RuneLen(letter); size > room {
			c.text.WriteString("\r\n ")
			room = longestLine - 1 - size
		} else {
			room -= size
		}
		c.text.WriteRune(letter)
	}
	c.text.WriteString("\r\n")
}

// said writes a property whose value somebody wrote: it stays one value of one
// property, whatever it holds.
func (c *ical) said(name, value string) { c.line(name + ":" + icalText(value)) }

// icalText escapes a TEXT value, and leaves out control characters.
func icalText(value string) string {
	clean := strings.Map(func(letter rune) rune {
		if letter == '\n' || !unicode.IsControl(letter) {
			return letter
		}
		return -1
	}, strings.ToValidUTF8(value, "\uFFFD"))
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(clean)
}

func icalTime(at time.Time) string { return at.UTC().Format("20060102T150405Z") }

// amsterdamZone describes the time in the Netherlands, so that a calendar without
// work holds something too, as it must.
const amsterdamZone = `BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`

// agendaFile is the calendar of this work. link makes the address of its page.
func agendaFile(list []jobs.AgendaItem, now time.Time, link func(jobs.EngagementID) string) string {
	c := &ical{}
	for _, line := range []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Meent//Meent//NL", "CALSCALE:GREGORIAN",
		"X-WR-CALNAME:Meent", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"} {
		c.line(line)
	}
	for line := range strings.SplitSeq(amsterdamZone, "\n") {
		c.line(line)
	}
	for _, a := range list {
		c.event(a, now, link(a.ID))
	}
	c.line("END:VCALENDAR")
	return c.text.String()
}

// event writes one piece of work. When it is off it keeps its UID, with a higher
// SEQUENCE, so that programs strike it out.
func (c *ical) event(a jobs.AgendaItem, now time.Time, link string) {
	status, sequence, stamp := "CONFIRMED", "0", a.Since
	if a.Off {
		status, sequence, stamp = "CANCELLED", "1", now
	}
	c.line("BEGIN:VEVENT")
	c.line("UID:" + a.ID.String() + "@meent")
	c.line("DTSTAMP:" + icalTime(stamp))
	c.line("SEQUENCE:" + sequence)
	c.line("STATUS:" + status)
	c.line("DTSTART:" + icalTime(a.Starts))
	c.line("DTEND:" + icalTime(a.Ends))
	c.said("SUMMARY", a.Title)
	c.said("LOCATION", a.Place)
	c.line("URL:" + link)
	c.line("CLASS:PRIVATE")
	c.line("END:VEVENT")
}
