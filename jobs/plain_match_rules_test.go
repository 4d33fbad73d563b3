package jobs

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

var (
	someTowns  = []members.Point{{Lat: 51.98, Lon: 5.91}, {Lat: 51.84, Lon: 5.86}, {Lat: 53.2, Lon: 6.56}}
	someGroups = []string{"cleaning", "garden", "care"}
)

func drawGig(t *rapid.T, n int) Document {
	d := Document{Cooperative: id.Cooperative{1}, Title: rapid.SampledFrom([]string{"Ramen lappen", "Café helpen", "Tuinwerk"}).Draw(t, "title"),
		Remote: rapid.IntRange(0, 4).Draw(t, "remote") == 0, Rate: payments.Cents(rapid.IntRange(1400, 2600).Draw(t, "rate")),
		Load: rapid.SampledFrom(Loads()).Draw(t, "load"), SupportOnSite: rapid.Bool().Draw(t, "support"), WithOthers: rapid.Bool().Draw(t, "others")}
	binary.BigEndian.PutUint32(d.Gig[12:], uint32(n+1))
	town := rapid.IntRange(0, len(someTowns)-1).Draw(t, "town")
	d.Place, d.PlaceCode = someTowns[town], strconv.Itoa(town)
	for _, group := range rapid.SliceOfDistinct(rapid.SampledFrom(someGroups), rapid.ID).Draw(t, "groups") {
		d.Skills = append(d.Skills, members.Skill{Code: "a skill of " + group, GroupCode: group})
	}
	for range rapid.IntRange(1, 3).Draw(t, "shifts") { // around the end of summer time
		hours := rapid.IntRange(0, 24*10).Draw(t, "start")
		d.Starts = append(d.Starts, time.Date(2026, 10, 20, 0, 30, 0, 0, time.UTC).Add(time.Duration(hours)*time.Hour))
	}
	slices.SortFunc(d.Starts, time.Time.Compare)
	d.First = d.Starts[0]
	return d
}

func drawQuery(t *rapid.T, gigs []GigID) Query {
	some := func(name string) bool { return rapid.IntRange(0, 3).Draw(t, name) == 0 }
	q := Query{Cooperative: id.Cooperative{1}, Near: someTowns[0], Count: true, Page: 1, Size: 100, Sort: rapid.SampledFrom(Sorts()).Draw(t, "sort")}
	if some("words") {
		q.Text = rapid.SampledFrom([]string{"ramen lap", "CAFE", "werk", "zeppelin"}).Draw(t, "text")
	}
	if some("groups") {
		q.Groups = rapid.SliceOfN(rapid.SampledFrom(someGroups), 1, 2).Draw(t, "wanted groups")
	}
	if some("loads") {
		q.Loads = rapid.SliceOfN(rapid.SampledFrom(Loads()), 1, 2).Draw(t, "wanted loads")
	}
	if some("days") {
		q.Days = rapid.SliceOfN(rapid.SampledFrom(Weekdays()), 1, 3).Draw(t, "wanted days")
	}
	if some("parts") {
		q.Parts = rapid.SliceOfN(rapid.SampledFrom(DayParts()), 1, 2).Draw(t, "wanted parts")
	}
	if some("pay") {
		q.LeastPay = rapid.SampledFrom(PayChoices()).Draw(t, "least")
	}
	if some("near") {
		q.Metres = rapid.SampledFrom([]int{1_000, 20_000}).Draw(t, "metres")
	}
	if some("only") {
		q.Only = rapid.SliceOf(rapid.SampledFrom(gigs)).Draw(t, "only one of")
	}
	q.Support, q.Others, q.Ranked = some("support"), some("others"), rapid.Bool().Draw(t, "ranked")
	return q
}

// fitsPlainly says the same as matches, one word after the other.
func fitsPlainly(d Document, q Query) bool {
	one := func(wanted, has []string) bool {
		return len(wanted) == 0 || slices.ContainsFunc(has, func(h string) bool { return slices.Contains(wanted, h) })
	}
	then := len(q.Days)+len(q.Parts) == 0
	for _, start := range d.Starts {
		clock := start.In(members.Amsterdam())
		day, part := clock.Weekday(), DayParts()[[]int{3, 0, 1, 2}[clock.Hour()/6]]
		then = then || (len(q.Days) == 0 || slices.Contains(q.Days, day)) && (len(q.Parts) == 0 || slices.Contains(q.Parts, part))
	}
	words := true
	for _, word := range q.Words() {
		words = words && strings.Contains(strings.Join(Words(d.Title), " "), word)
	}
	near := q.Metres == 0 || d.Remote || d.Place.Metres(q.Near) <= q.Metres
	return one(q.Groups, d.Groups()) && (len(q.Loads) == 0 || slices.Contains(q.Loads, d.Load)) && then && words && near && d.Rate >= q.LeastPay &&
		(!q.Support || d.SupportOnSite) && (!q.Others || d.WithOthers) && (q.Only == nil || slices.Contains(q.Only, d.Gig))
}

// TestAnswerIsExact: the hits, their order and every count are what somebody finds
// who asks for each alone.
func TestAnswerIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var docs, fit []Document
		var all []candidate
		for n := range rapid.IntRange(1, 25).Draw(t, "gigs") {
			docs = append(docs, drawGig(t, n))
		}
		q := drawQuery(t, each(docs, func(d Document) GigID { return d.Gig }))
		for _, d := range docs {
			c := newCandidate(d, q.Near)
			c.text = folded(d.Title)
			all = append(all, c)
			if fitsPlainly(d, q) {
				fit = append(fit, d)
			}
			if matches(c, newWanted(q)) != fitsPlainly(d, q) {
				t.Errorf("%+v matches %+v: %v", d, q, matches(c, newWanted(q)))
			}
		}
		hits := answer(all, q)
		slices.SortStableFunc(fit, func(a, b Document) int { return plainOrder(a, b, q) })
		if want := each(fit, func(d Document) GigID { return d.Gig }); !slices.Equal(hits.Gigs, want) || hits.Total != len(want) {
			t.Errorf("%+v found %v, want %v", q, hits.Gigs, want)
		}
		want := countPlainly(docs, q)
		for _, f := range Facets() {
			if !maps.Equal(hits.Counts[f], want[f]) {
				t.Errorf("%+v counts %v of %s, want %v", q, hits.Counts[f], f, want[f])
			}
		}
	})
}

func plainOrder(a, b Document, q Query) int {
	far := func(d Document) int {
		if d.Remote {
			return -1
		}
		return d.Place.Metres(q.Near)
	}
	if q.Ranked && q.Only != nil && q.Sort == Best && len(q.Words()) == 0 {
		return slices.Index(q.Only, a.Gig) - slices.Index(q.Only, b.Gig)
	}
	if q.Sort == Nearest && far(a) != far(b) {
		return cmp.Compare(far(a), far(b))
	}
	return a.First.Compare(b.First)
}

// TestFoldedIsWords: the short way gives the same as the long one.
func TestFoldedIsWords(t *testing.T) {
	for _, text := range []string{"", "Ramen lappen!", "In het CAFÉ, 's ochtends", "a-b_c  d9\n", "naïef \xff één"} {
		if got := strings.Fields(folded(text)); !slices.Equal(got, Words(text)) {
			t.Errorf("%q is %q, want %q", text, got, Words(text))
		}
	}
}
