package meiliindex

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// TestEntryHoldsPublicFieldsOnly: what leaves for the server is this list. Who
// adds to it, thinks first.
func TestEntryHoldsPublicFieldsOnly(t *testing.T) {
	want := []string{"_geo", "away", "cooperative", "dates", "day_parts", "digest", "first", "groups", "id", "load", "moments", "more", "others",
		"part_days", "pay", "place", "rate", "remote", "skills", "support", "text", "title", "words"}
	if got := sent(t, jobs.Document{PlaceCode: "arnhem"}); !slices.Equal(slices.Sorted(maps.Keys(got)), want) {
		t.Errorf("it sends %q", slices.Sorted(maps.Keys(got)))
	}
	for field := range reflect.TypeFor[entry]().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !slices.Contains(want, name) {
			t.Errorf("%s may be sent as %q", field.Name, name)
		}
	}
}

func sent(t *testing.T, d jobs.Document) (fields map[string]any) {
	t.Helper()
	text, err := json.Marshal(newEntry(d))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	return fields
}

func TestEntry(t *testing.T) {
	monday := time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC) // 9 o'clock in Amsterdam
	d := jobs.Document{Gig: jobs.GigID{1}, Cooperative: id.Cooperative{2}, Title: "Ramen lappen!", Description: "Alles staat klaar.",
		Skills:    []members.Skill{{Code: "windows", GroupCode: "cleaning", NL: "Glas", EN: "Glass", Synonyms: []string{"zemen"}}},
		PlaceCode: "arnhem", PlaceName: "Arnhem", Place: members.Point{Lat: 51.98, Lon: 5.91}, Rate: 1650, Load: jobs.Light, SupportOnSite: true,
		First: monday, Starts: []time.Time{monday, monday.Add(10 * time.Hour), monday.Add(7 * 24 * time.Hour), monday.Add(25 * time.Hour)}, More: []string{"raam"}}
	want := entry{ID: "01000000-0000-0000-0000-000000000000", Cooperative: "02000000-0000-0000-0000-000000000000",
		Title: withStems("ramen lappen"), Text: withStems("alles staat klaar"), Words: withStems("arnhem glas glass zemen"), More: withStems("raam"),
		Skills: []string{"windows"}, Groups: []string{"cleaning"}, Load: "light", Rate: 1650, Pay: []string{"1500", "1600"}, Support: true,
		Away: 1, Place: "arnhem", Geo: &point{51.98, 5.91}, First: monday.Unix(), Dates: []string{"2026-11-30", "2026-12-07", "2026-12-01"},
		Moments: []string{"1-morning", "1-evening", "2-morning"}, DayParts: []string{"1:5", "2:1"}, PartDays: []string{"evening:2", "morning:6"}, Digest: d.Digest()}
	if got := newEntry(d); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestEntryOfWorkAtHome: it is nowhere, and comes before all that is somewhere.
func TestEntryOfWorkAtHome(t *testing.T) {
	fields := sent(t, jobs.Document{Remote: true, PlaceCode: "arnhem", PlaceName: "Arnhem", Place: members.Point{Lat: 51.98, Lon: 5.91}})
	if fields["_geo"] != nil || fields["place"] != nil || fields["remote"] != true || fields["away"] != 0.0 {
		t.Errorf("%v", fields)
	}
}

func TestSynonyms(t *testing.T) {
	got := synonyms([][]string{{"Ramen lappen", "glazenwassen", ""}, {"glazenwassen", "ZEMEN!"}, {"alleen"}, nil})
	windows, glass, shammy := stem("ramen")+" "+stem("lappen"), stem("glazenwassen"), stem("zemen")
	want := map[string][]string{windows: {glass}, glass: {windows, shammy}, shammy: {glass}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestUnquoted(t *testing.T) {
	for message, want := range map[string]string{
		"":                              "",
		"Index `gigs` not found.":       "Index … not found.",
		"id `a` and \"b `c`\" and `d":   "id … and … and …",
		"first\nsecond":                 "first",
		strings.Repeat("x", 300):        strings.Repeat("x", 200),
		strings.Repeat("x", 199) + "éé": strings.Repeat("x", 199),
	} {
		if got := unquoted(message); got != want {
			t.Errorf("unquoted(%q) = %q, want %q", message, got, want)
		}
	}
}

// TestOddMoments: what no program of ours asks for harms nobody.
func TestOddMoments(t *testing.T) {
	if got := dayBits([]time.Weekday{-1, 7, 1 << 40, time.Monday}); got != 2 {
		t.Errorf("dayBits = %b", got)
	}
	if got := partBits([]jobs.DayPart{"", "noon", jobs.Evening}); got != 4 {
		t.Errorf("partBits = %b", got)
	}
}

// TestWanted: a word that is not finished stays a beginning of what it will be.
func TestWanted(t *testing.T) {
	for text, want := range map[string]string{"": "", "bood": "bood", "bood bood": "bod bood", "boodschappen": "boodschapp", "ramen lappen": "ram lapp", "raam": "raam"} {
		if got := wanted(jobs.Words(text)); got != want {
			t.Errorf("%q is looked for as %q, want %q", text, got, want)
		}
	}
}
