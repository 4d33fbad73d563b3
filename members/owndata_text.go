package members

import (
	"fmt"
	"strings"
)

// weekText says a week in figures that every language reads: "1 9:00-12:00",
// Monday is 1.
func weekText(w *Week) string {
	var parts []string
	for weekday, spans := range w.Spans() {
		for _, span := range spans {
			parts = append(parts, fmt.Sprintf("%d %s", weekday+1, spanText(span)))
		}
	}
	return strings.Join(parts, ", ")
}

func spanText(s Span) string {
	return fmt.Sprintf("%d:%02d-%d:%02d", s.From/4, s.From%4*15, s.Until/4, s.Until%4*15)
}

// quartersText says the times of one day, from a bit for each quarter of an hour.
func quartersText(bits []byte) string {
	var parts []string
	from := -1
	for q := range DayQuarters + 1 {
		is := q < DayQuarters && q/8 < len(bits) && bits[q/8]&(1<<(q%8)) != 0
		switch {
		case is && from < 0:
			from = q
		case !is && from >= 0:
			parts, from = append(parts, spanText(Span{From: from, Until: q})), -1
		}
	}
	return strings.Join(parts, ", ")
}
