package web

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"meent/internal/id"
	"meent/jobs"
)

func hostileTitles() []string {
	return []string{"Ramen lappen", "a,b;c\\d", "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x", "\n\n", "\\n", strings.Repeat("é", 80),
		strings.Repeat("👩🏽‍🔧", 20), strings.Repeat("a", 67) + "é" + strings.Repeat("b", 74) + "é", "\x00\x07\x1b[31m", "a\u2028b\u0085c", "\xff\xfe", `"x":y=z`, " leading", ""}
}

func work(title string) jobs.AgendaItem {
	at := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	return jobs.AgendaItem{ID: id.New[jobs.Engagement](nil), Title: title, Place: title, Starts: at, Ends: at.Add(time.Hour), Since: at.Add(-24 * time.Hour)}
}

func link(e jobs.EngagementID) string { return "https://meent.example/engagements/" + e.String() }

// held checks the file's shape, and gives its unfolded lines.
func held(t rapid.TB, file string, events int) []string {
	t.Helper()
	if !utf8.ValidString(file) || !strings.HasSuffix(file, "\r\n") {
		t.Fatalf("no text, or no end: %q", file)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n\x00") {
			t.Errorf("a line of %d octets, or with an end in it: %q", len(line), line)
		}
	}
	lines := strings.Split(strings.ReplaceAll(file, "\r\n ", ""), "\r\n")
	for what, want := range map[string]int{"BEGIN:VEVENT": events, "END:VEVENT": events, "BEGIN:VCALENDAR": 1, "END:VCALENDAR": 1} {
		got := 0
		for _, line := range lines {
			if line == what {
				got++
			}
		}
		if got != want {
			t.Errorf("%d times %s, want %d", got, what, want)
		}
	}
	return lines
}

// unescape reads a TEXT value as a calendar program does.
func unescape(value string) string {
	return strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(value)
}

func TestHostileTitlesStayOneProperty(t *testing.T) {
	for _, title := range hostileTitles() {
		file := agendaFile([]jobs.AgendaItem{work(title)}, time.Now(), link)
		lines, found := held(t, file, 1), 0
		for _, line := range lines {
			if value, ok := strings.CutPrefix(line, "SUMMARY:"); ok {
				found++
				if got := unescape(value); utf8.ValidString(title) && !strings.ContainsAny(title, "\x00\x07\r\u0085") && got != title {
					t.Errorf("%q became %q", title, got)
				}
			}
		}
		if found != 1 {
			t.Errorf("%q gave %d titles", title, found)
		}
	}
}

func TestAnyTitleStaysOneProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		held(t, agendaFile([]jobs.AgendaItem{work(rapid.String().Draw(t, "title")), work("b")}, time.Now(), link), 2)
	})
}

func TestAgendaFileSaysWhatIsOff(t *testing.T) {
	off := work("Ramen lappen")
	off.Off = true
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	got := strings.Join(held(t, agendaFile([]jobs.AgendaItem{off}, now, link), 1), "\n")
	for _, want := range []string{"UID:" + off.ID.String() + "@meent", "STATUS:CANCELLED", "SEQUENCE:1", "DTSTAMP:20261124T090000Z", "DTSTART:20261125T090000Z", "DTEND:20261125T100000Z"} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("the file does not say %s:\n%s", want, got)
		}
	}
	off.Off = false
	got = strings.Join(held(t, agendaFile([]jobs.AgendaItem{off}, now, link), 1), "\n")
	for _, want := range []string{"STATUS:CONFIRMED", "SEQUENCE:0", "DTSTAMP:20261124T090000Z"} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("the file does not say %s:\n%s", want, got)
		}
	}
	held(t, agendaFile(nil, now, link), 0)
}
