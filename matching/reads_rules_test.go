package matching

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

// dataOf says of which data each field of a Candidate is made. What is for no rule and no
// points is made of nothing here.
func dataOf() map[string][]Datum {
	return map[string][]Datum{
		"Member": nil, "Asked": nil, "Told": nil, "Warned": nil, "Rails.CoachFirst": nil, "Rails.Coach": nil,
		"Works": {MembershipDatum}, "Skills": {SkillsDatum}, "Fitness.Levels": {SkillsDatum}, "Learns": {SkillsDatum}, "Wishes.Goals": {GoalsDatum},
		"Home": {PlaceDatum}, "Reach": {ReachDatum}, "Away": {WeekDatum}, "Waiting": {WaitingDatum}, "Pace": {PaceDatum},
		"Busy": {BookedDatum}, "TooMuch": {BookedDatum}, "Received": {BookedDatum}, "Rails.DayWork": {BookedDatum}, "Rails.WeekWork": {BookedDatum},
		"Wishes.MonthPay": {BookedDatum}, "Wishes.WeekLong": {BookedDatum}, "Wishes.NoRest": {BookedDatum, RestDaysDatum}, "Wishes.RestDays": {RestDaysDatum},
		"Known": {WorkedDatum}, "Rails.Been": {WorkedDatum}, "Fitness.Tried": {TrialsDatum, WorkedDatum}, "Rails.PassedOn": {PassedDatum},
		"Restricted": {RestrictedDatum}, "Blocked": {BlockedDatum}, "Refused": {RefusedDatum}, "Fitness.Certificate": {CertificateDatum}, "Fitness.Step": {StepDatum},
		"Rails.DayMinutes": {RailsDatum}, "Rails.WeekMinutes": {RailsDatum}, "Rails.Metres": {RailsDatum}, "Rails.NoNights": {RailsDatum}, "Rails.NotAlone": {RailsDatum},
		"Rails.First": {RailsDatum}, "Rails.Only": {RailsDatum}, "Rails.Not": {RailsDatum},
		"Wishes.Bears": {BearsDatum}, "Wishes.Support": {SupportDatum}, "Wishes.Musts": {MustsDatum}, "Wishes.Dutch": {DutchDatum},
		"Wishes.Room": {RoomDatum}, "Wishes.HasRoom": {RoomDatum}, "Wishes.Most": {MostDatum}, "Wishes.Wanted": {WantedDatum},
	}
}

// fieldsOf gives the address of each field of a Candidate, by name.
func fieldsOf(c *Candidate) map[string]reflect.Value {
	fields := map[string]reflect.Value{}
	var walk func(reflect.Value, string)
	walk = func(v reflect.Value, at string) {
		for i := range v.NumField() {
			f := v.Type().Field(i)
			switch {
			case f.Name == "AgreedRails":
				walk(v.Field(i), at)
			case f.Name == "Rails" || f.Anonymous:
				walk(v.Field(i), f.Name+".")
			default:
				fields[at+f.Name] = v.Field(i)
			}
		}
	}
	walk(reflect.ValueOf(c).Elem(), "")
	return fields
}

// anyone is somebody of whom everything may be known, so that each rule holds for some.
func anyone(r *rand.Rand) Candidate {
	yes := func() bool { return r.IntN(2) == 0 }
	one := func(of ...string) []string { return slices.DeleteFunc(of, func(string) bool { return yes() }) }
	hours := func(most int) time.Duration { return time.Duration(r.IntN(most+1)) * time.Hour }
	level := func() members.SkillLevel { return members.SkillLevels()[r.IntN(len(members.SkillLevels()))] }
	c := Candidate{Works: yes(), Skills: one("a", "b"), Home: members.Point{Lat: 52 + float64(r.IntN(2))/10, Lon: 5}, Reach: r.IntN(3) * 8000, Busy: yes(), Told: yes(), Away: yes(), Asked: yes(),
		Waiting: r.IntN(5), Pace: r.IntN(4), Received: hours(90), Known: r.IntN(9), Learns: yes(), Restricted: yes(), Blocked: yes(), Refused: yes()}
	if yes() {
		c.TooMuch, c.Warned = []jobs.WorktimeCode{jobs.RestBetween, jobs.HoursADay, jobs.HoursAWeek}, []jobs.WorktimeCode{jobs.RestBetween}
	}
	c.Rails = Railed{DayWork: hours(9), WeekWork: hours(50), Been: yes(), PassedOn: yes(), AgreedRails: coaching.AgreedRails{DayMinutes: r.IntN(2) * 300, WeekMinutes: r.IntN(2) * 1500,
		Metres: r.IntN(3) * 8000, NoNights: yes(), NotAlone: yes(), First: yes(), CoachFirst: yes(), Coach: yes(), Only: one("g"), Not: one("h")}}
	c.Fitness = Fitness{Levels: map[string]members.SkillLevel{"a": level(), "b": level()}, Certificate: yes(), Step: append(coaching.WorkSteps(), "")[r.IntN(len(coaching.WorkSteps())+1)], Tried: yes()}
	c.Wishes = Wishes{Bears: members.Load{Physical: r.IntN(6), Sensory: r.IntN(6), Mental: r.IntN(6)}, Support: []members.Support{"", members.StartSupport, members.AlwaysSupport}[r.IntN(3)],
		Musts: one("m"), Goals: one("a", "b"), Dutch: append(members.LanguageLevels(), "")[r.IntN(len(members.LanguageLevels())+1)], Most: hours(40), Wanted: hours(40), RestDays: r.IntN(3),
		Room: r.IntN(50_000), HasRoom: yes(), MonthPay: r.IntN(50_000), WeekLong: hours(50), NoRest: yes()}
	return c
}

// anyWork is work that may ask everything.
func anyWork(r *rand.Rand) Work {
	yes := func() bool { return r.IntN(2) == 0 }
	starts := time.Date(2026, 11, 30, 20, 0, 0, 0, time.UTC)
	w := Work{Starts: starts, Ends: starts.Add(time.Duration(1+r.IntN(6)) * time.Hour), Free: r.IntN(2), Open: r.IntN(9) > 0, Pay: r.IntN(20_000), Skills: []string{"a", "b"}[:r.IntN(3)],
		Groups: []string{"g", "h"}[:r.IntN(3)], Place: members.Point{Lat: 52, Lon: 5}, Support: yes(), WithOthers: yes(), Seats: Seats{Buddies: yes(), BuddyFree: r.IntN(2), Remote: r.IntN(4) == 0}}
	for _, code := range w.Skills {
		w.Asked = append(w.Asked, ask(code, []jobs.Need{jobs.Required, jobs.Useful}[r.IntN(2)], members.SkillLevels()[r.IntN(len(members.SkillLevels()))])...)
	}
	w.Demands.Certificate, w.Demands.Step, w.Demands.Dutch = yes(), coaching.WorkSteps()[r.IntN(len(coaching.WorkSteps()))], members.LanguageLevels()[r.IntN(len(members.LanguageLevels()))]
	w.Demands.Loads, w.Demands.Abilities = members.Load{Physical: r.IntN(6), Sensory: r.IntN(6), Mental: r.IntN(6)}, []string{"m"}[:r.IntN(2)]
	if yes() {
		w.Demands.Form = members.TrialPlacement
	}
	return w
}

// TestReadsAreTrue: whoever and whatever the work, a rule changes its mind over the data
// that it says it reads, each of them, and over nothing else; and so do points.
func TestReadsAreTrue(t *testing.T) {
	r, of := rand.New(rand.NewPCG(2026, 11)), dataOf()
	for name := range fieldsOf(&Candidate{}) {
		if _, known := of[name]; !known {
			t.Errorf("nobody says of which data %s is made", name)
		}
	}
	rules, points, weights := map[Rule]map[Datum]bool{}, map[PointKind]map[Datum]bool{}, HouseWeights()
	for range 1500 {
		c, d, w := anyone(r), anyone(r), anyWork(r)
		was := explain(c, w, weights)
		for name, data := range of {
			other := c
			fieldsOf(&other)[name].Set(fieldsOf(&d)[name])
			for _, rule := range Rules() {
				if rule.holds(c, w) != rule.holds(other, w) {
					rules[rule] = noted(rules[rule], data, name)
				}
			}
			for i, p := range explain(other, w, weights).Points {
				if p.Points != was.Points[i].Points {
					points[p.Kind] = noted(points[p.Kind], data, name)
				}
			}
		}
	}
	for _, rule := range Rules() {
		if diff := cmp.Diff(sorted(rule.Reads()), slices.Sorted(maps.Keys(rules[rule]))); diff != "" {
			t.Errorf("the rule %s reads otherwise (- says, + does):\n%s", rule, diff)
		}
	}
	for _, kind := range PointKinds() {
		if diff := cmp.Diff(sorted(kind.Reads()), slices.Sorted(maps.Keys(points[kind]))); diff != "" {
			t.Errorf("points for %s are of something else (- says, + does):\n%s", kind, diff)
		}
	}
}

// noted adds data; a field that is made of none must change nothing.
func noted(of map[Datum]bool, data []Datum, field string) map[Datum]bool {
	if of == nil {
		of = map[Datum]bool{}
	}
	if len(data) == 0 {
		of[Datum("the field "+field)] = true
	}
	for _, d := range data {
		of[d] = true
	}
	return of
}

func sorted(list []Datum) []Datum {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

// TestEveryDatumIsReadAndHasASource, once.
func TestEveryDatumIsReadAndHasASource(t *testing.T) {
	read, sources := map[Datum]bool{}, map[Datum]int{}
	for _, rule := range Rules() {
		for _, d := range rule.Reads() {
			read[d] = true
		}
	}
	for _, kind := range PointKinds() {
		for _, d := range kind.Reads() {
			read[d] = true
		}
	}
	for _, s := range Sources() {
		if sources[s.Datum]++; !read[s.Datum] || sources[s.Datum] > 1 || len(s.Columns) == 0 {
			t.Errorf("%s: read %v, %d times, %d columns", s.Datum, read[s.Datum], sources[s.Datum], len(s.Columns))
		}
	}
	for d := range read {
		if sources[d] == 0 {
			t.Errorf("%s has no source", d)
		}
	}
}
