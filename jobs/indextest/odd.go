package indextest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

// oddInput: whatever people type, there is an answer.
func oddInput(t *testing.T, x jobs.Index) {
	put(t, x, town()...)
	put(t, x, gig(7, "\xff\xfe", func(d *jobs.Document) { d.Description = strings.Repeat("x", 5_000) + "\x00" }))
	for _, text := range []string{
		`+-"*()`, `"ramen`, "-ramen", "+ramen -lappen", "ramen~2^5", "title:ramen", "/ram.*/", "ramen*", "(((", `\`, "NOT ramen AND",
		"\xff\xfe\xfd", "ramen\x00lappen", "\u200b", "🧹🪟", "窓拭き", "é", "a", "1", "00000", " \t\r\n", "<script>", "'; DROP TABLE",
		strings.Repeat("a", 100_000), strings.Repeat("ramen ", 200), strings.Repeat("é", 5_000), strings.Repeat("((", 5_000),
		words(200), `" OR cooperative != "`, `x" OR "1"="1`, strings.Repeat(`"`, 10_000), strings.Repeat("\xc3(", 5_000),
	} {
		search(t, x, jobs.Query{Text: text, Near: arnhem(), Metres: 5_000})
		search(t, x, jobs.Query{Text: text})
	}
	finds(t, x, jobs.Query{Text: "-ramen"}, 1)
	finds(t, x, jobs.Query{Text: `"ramen (lappen)"*`}, 1)
	for _, value := range []string{"", "\xff", `"`, "😀", strings.Repeat("x", 10_000)} {
		search(t, x, jobs.Query{Groups: []string{value}, Skills: []string{value}, Loads: []jobs.Load{jobs.Load(value)}, Parts: []jobs.DayPart{jobs.DayPart(value)},
			Dates: []string{value}, Sort: jobs.Sort(value), Text: value, Count: true})
	}
	search(t, x, jobs.Query{Days: []time.Weekday{-1, 7, 1 << 40}, LeastPay: -1, Count: true})
	search(t, x, jobs.Query{LeastPay: 1 << 60, Metres: 1 << 40, Near: members.Point{Lat: 1e9, Lon: -1e9}, Sort: jobs.Nearest, Count: true})
	search(t, x, jobs.Query{Groups: slices.Repeat([]string{"green"}, 1_000), Only: slices.Repeat([]jobs.GigID{GigID(1)}, 5_000), Count: true})
	search(t, x, jobs.Query{Page: -5, Size: -5, Metres: -5, Loads: []jobs.Load{"\xff"}})
}

// words are so many different words.
func words(count int) string {
	var all strings.Builder
	for i := range count {
		all.WriteString(strings.Repeat(string(rune('a'+i%26)), 3+i/26) + " ")
	}
	return all.String()
}

// manyAtOnce: readers and writers do not hurt each other.
func manyAtOnce(t *testing.T, x jobs.Index) {
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			ctx := context.Background()
			for range 3 {
				if err := x.Put(ctx, []jobs.Document{gig(n+1, "Ramen lappen")}); err != nil {
					t.Error(err)
				}
				if _, err := x.Search(ctx, jobs.Query{Cooperative: Cooperative(1), Text: "ramen"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	finds(t, x, jobs.Query{Text: "ramen"}, 1, 2, 3, 4)
}
