package matching

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

var arnhem, nijmegen = members.Point{Lat: 51.98, Lon: 5.91}, members.Point{Lat: 51.84, Lon: 5.85}

func drawCandidate(t *rapid.T) Candidate {
	skills := []string{"a", "b", "c", "d", "e"}
	return Candidate{
		Member: id.New[members.Member](nil), Home: arnhem, Reach: rapid.IntRange(500, 100_000).Draw(t, "reach"),
		Skills:   rapid.SliceOfNDistinct(rapid.SampledFrom(skills), 0, 5, rapid.ID).Draw(t, "skills"),
		Busy:     rapid.Bool().Draw(t, "busy"),
		Works:    rapid.Bool().Draw(t, "works"),
		Away:     rapid.Bool().Draw(t, "away"),
		Received: time.Duration(rapid.IntRange(0, 200).Draw(t, "hours")) * time.Hour,
		Known:    rapid.IntRange(0, 50).Draw(t, "known"),
	}
}

func drawWork(t *rapid.T) Work {
	return Work{Shift: id.New[jobs.Shift](nil), Open: true, Free: 1, Place: rapid.SampledFrom([]members.Point{arnhem, nijmegen}).Draw(t, "place"),
		Skills: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), 0, 4, rapid.ID).Draw(t, "asked")}
}

// TestScoreIsItsExplanation: additive, each part between nothing and its most.
func TestScoreIsItsExplanation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, sum := explain(drawCandidate(t), drawWork(t), HouseWeights()), 0
		for _, p := range e.Points {
			if p.Points < 0 || p.Points > p.Of {
				t.Fatalf("%s gives %d of %d", p.Kind, p.Points, p.Of)
			}
			sum += p.Points
		}
		if e.Total != sum || e.Version != HouseWeights().Version {
			t.Fatalf("%+v: the points sum to %d", e, sum)
		}
	})
}

// TestMoreNeverHurts: a skill more, a longer reach, a day more at the client.
func TestMoreNeverHurts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, w := drawCandidate(t), drawWork(t)
		for name, better := range map[string]func(Candidate) Candidate{
			"skill": func(c Candidate) Candidate { c.Skills = append(slices.Clone(c.Skills), "a"); return c },
			"reach": func(c Candidate) Candidate { c.Reach += 1000; return c },
			"known": func(c Candidate) Candidate { c.Known++; return c },
			"works": func(c Candidate) Candidate { c.Works = true; return c },
			"free":  func(c Candidate) Candidate { c.Busy = false; return c },
			"there": func(c Candidate) Candidate { c.Away = false; return c },
			"level": func(c Candidate) Candidate { c.Levels = map[string]members.SkillLevel{"a": members.CanTeach}; return c },
			"paper": func(c Candidate) Candidate { c.Fitness.Certificate = true; return c },
			"fewer": func(c Candidate) Candidate { c.Received /= 2; return c },
		} {
			b := better(c)
			if explain(b, w, HouseWeights()).Total < explain(c, w, HouseWeights()).Total || len(failed(b, w)) > len(failed(c, w)) {
				t.Fatalf("%s made %+v worse for %+v", name, c, w)
			}
		}
	})
}

func TestRules(t *testing.T) {
	good := Candidate{Member: id.New[members.Member](nil), Works: true, Home: nijmegen, Reach: 20_000, Skills: []string{"a", "x"}}
	work := Work{Shift: id.New[jobs.Shift](nil), Open: true, Free: 1, Place: arnhem, Skills: []string{"a", "b"}}
	tests := []struct {
		name   string
		change func(*Candidate, *Work)
		want   []Rule
	}{
		{"nothing", func(*Candidate, *Work) {}, nil},
		{"only expected, or gone", func(c *Candidate, _ *Work) { c.Works = false }, []Rule{WorksRule}},
		{"no shared skill", func(c *Candidate, _ *Work) { c.Skills = []string{"x"} }, []Rule{SkillRule}},
		{"nothing asked", func(c *Candidate, w *Work) { c.Skills, w.Skills = nil, nil }, nil},
		{"too far", func(c *Candidate, _ *Work) { c.Reach = 15_000 }, []Rule{ReachRule}},
		{"works elsewhere", func(c *Candidate, _ *Work) { c.Busy = true }, []Rule{FreeRule}},
		{"no seat", func(_ *Candidate, w *Work) { w.Free = 0 }, []Rule{SeatRule}},
		{"not open", func(_ *Candidate, w *Work) { w.Open = false }, []Rule{SeatRule}},
		{"three offers wait", func(c *Candidate, _ *Work) { c.Waiting = 3 }, []Rule{CalmRule}},
		{"restricted by somebody", func(c *Candidate, _ *Work) { c.Restricted = true }, []Rule{MayRule}},
		{"a blocked client", func(c *Candidate, _ *Work) { c.Blocked = true }, []Rule{BlockRule}},
		{"a client who refuses them", func(c *Candidate, _ *Work) { c.Refused = true }, []Rule{RefusedRule}},
		{"a member who wants one at a time", func(c *Candidate, _ *Work) { c.Waiting, c.Pace = 1, 1 }, []Rule{CalmRule}},
		{"a member who wants two, and has one", func(c *Candidate, _ *Work) { c.Waiting, c.Pace = 1, 2 }, nil},
		{"a member who wants more than may be", func(c *Candidate, _ *Work) { c.Waiting, c.Pace = 3, 9 }, []Rule{CalmRule}},
		{"not at that time", func(c *Candidate, _ *Work) { c.Away = true }, []Rule{WeekRule}},
		{"at a time that was told", func(c *Candidate, _ *Work) { c.Told = true }, nil},
		{"a required skill at its level", func(c *Candidate, w *Work) { w.Asked = ask("a", jobs.Required, members.Can) }, nil},
		{"a required skill that is learned yet", func(c *Candidate, w *Work) {
			w.Asked, c.Levels = ask("a", jobs.Required, members.Can), map[string]members.SkillLevel{"a": members.Learning}
		}, []Rule{SkillRule}},
		{"a useful skill that is learned yet", func(c *Candidate, w *Work) { c.Levels = map[string]members.SkillLevel{"a": members.Learning} }, nil},
		{"a required skill, at too low a level", func(c *Candidate, w *Work) { w.Asked = ask("a", jobs.Required, members.CanWell) }, []Rule{SkillRule}},
		{"a required skill that is lacking, and a useful one", func(c *Candidate, w *Work) { w.Asked = ask("b", jobs.Required, members.Learning) }, []Rule{SkillRule}},
		{"a useful skill, at too low a level", func(c *Candidate, w *Work) { w.Asked = ask("a", jobs.Useful, members.CanWell) }, []Rule{SkillRule}},
		{"a certificate that is needed", func(_ *Candidate, w *Work) { w.Demands.Certificate = true }, []Rule{CertificateRule}},
		{"a certificate in hand", func(c *Candidate, w *Work) { w.Demands.Certificate, c.Fitness.Certificate = true, true }, nil},
		{"work above the own step", func(c *Candidate, w *Work) { c.Fitness.Step, w.Demands.Step = coaching.WorkshopStep, coaching.SoloStep }, []Rule{StepRule}},
		{"work on the own step", func(c *Candidate, w *Work) { c.Fitness.Step, w.Demands.Step = coaching.SoloStep, coaching.SoloStep }, nil},
		{"on no step", func(c *Candidate, w *Work) { w.Demands.Step = coaching.JobStep }, nil},
		{"a second trial", func(c *Candidate, w *Work) { c.Tried, w.Form = true, members.TrialPlacement }, []Rule{TrialRule}},
		{"a job after a trial", func(c *Candidate, w *Work) { c.Tried, w.Form = true, members.ClientEmployee }, nil},
		{"two of them", func(c *Candidate, _ *Work) { c.Busy, c.Reach = true, 1 }, []Rule{ReachRule, FreeRule}},
	}
	for _, tt := range tests {
		c, w := good, work
		tt.change(&c, &w)
		if diff := cmp.Diff(tt.want, failed(c, w)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func ask(code string, need jobs.Need, level members.SkillLevel) []jobs.AskedSkill {
	return []jobs.AskedSkill{{Skill: members.Skill{Code: code}, Need: need, Level: level}}
}

// TestTiesAreDrawnByLot: of two equals, each comes first about half the time.
func TestTiesAreDrawnByLot(t *testing.T) {
	a, b := Candidate{Member: id.New[members.Member](nil), Works: true, Reach: 1000}, Candidate{Member: id.New[members.Member](nil), Works: true, Reach: 1000}
	first := 0
	for range 400 {
		w := Work{Shift: id.New[jobs.Shift](nil), Open: true, Free: 1}
		ranked := rank([]Candidate{a, b}, w, HouseWeights(), 2)
		if again := rank([]Candidate{b, a}, w, HouseWeights(), 2); !cmp.Equal(ranked, again) {
			t.Fatal("the order depends on the order in which they were read")
		}
		if ranked[0].Member == a.Member {
			first++
		}
	}
	if first < 140 || first > 260 {
		t.Errorf("one of two equals came first %d times in 400", first)
	}
}

// TestSomeThingsNeverEnter reads the names of everything that the matcher may
// know of a member.
func TestSomeThingsNeverEnter(t *testing.T) {
	allowed := []string{"Member", "Works", "Skills", "Home", "Reach", "Busy", "Told", "Away", "Asked", "Waiting", "Pace", "Received", "Known", "Learns", "Restricted", "Blocked", "Refused", "TooMuch", "Warned", "Rails", "Fitness", "Levels", "Certificate", "Step", "Tried",
		"Wishes", "Bears", "Support", "Musts", "Goals", "Dutch", "Most", "Wanted", "RestDays", "Room", "HasRoom", "MonthPay", "WeekLong", "NoRest"}
	var fields []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Candidate]()) {
		fields = append(fields, field.Name)
	}
	allowed = append(allowed, "AgreedRails", "DayMinutes", "WeekMinutes", "Metres", "NoNights", "NotAlone", "First", "CoachFirst", "Only", "Not", "Coach",
		"DayWork", "WeekWork", "Been", "PassedOn")
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Railed]()) {
		fields = append(fields, field.Name)
	}
	if diff := cmp.Diff(allowed, fields); diff != "" {
		t.Errorf("the candidate has changed; does promise 4 still hold?\n%s", diff)
	}
}

func TestExplanationIsStoredWhole(t *testing.T) {
	e := explain(Candidate{Home: nijmegen, Reach: 20_000, Skills: []string{"a"}, Known: 2, Received: 3 * time.Hour}, Work{Place: arnhem, Skills: []string{"a", "b"}}, HouseWeights())
	text, err := json.Marshal(e)
	if err != nil || strings.Contains(string(text), "Home") {
		t.Fatalf("%s, %v", text, err)
	}
	var back Explanation
	if err := json.Unmarshal(text, &back); err != nil || !cmp.Equal(e, back) {
		t.Errorf("%v: %s", err, cmp.Diff(e, back))
	}
}

func TestWaveSize(t *testing.T) {
	for seats, want := range map[int]int{1: 3, 2: 5, 3: 7, 10: 20, 50: 90} {
		wave := sizing{Seats: seats, Yes: usualYes, Sure: 0.85}
		if got := wave.size(); got < seats || math.Abs(float64(got-want)) > 2 {
			t.Errorf("%d seats: a wave of %d, want about %d", seats, got, want)
		}
		if got := wave.size(); atLeast(seats, got, wave.Yes) < wave.Sure || atLeast(seats, got-1, wave.Yes) >= wave.Sure {
			t.Errorf("%d seats: a wave of %d is not the smallest", seats, got)
		}
	}
	for sure, want := range map[float64]int{0.55: 1, 0.70: 2, 0.85: 3, 0.97: 4} {
		if got := (sizing{Seats: 1, Yes: usualYes, Sure: sure}).size(); got != want {
			t.Errorf("to be %v sure of a seat %d are asked, want %d", sure, got, want)
		}
	}
	if got := (sizing{Seats: 50, Yes: leastYes, Sure: 0.97}).size(); got != mostWave {
		t.Errorf("%d are asked at once", got)
	}
}

// TestSurenessRises with every wave, and as the shift comes nearer; and with it the wave.
func TestSurenessRises(t *testing.T) {
	const day = 24 * time.Hour
	for _, tt := range []struct {
		before int
		left   time.Duration
		want   float64
	}{
		{0, 60 * day, 0.55}, {1, 60 * day, 0.70}, {2, 60 * day, 0.85}, {3, 60 * day, 0.97}, {9, 60 * day, 0.97}, {0, 28 * day, 0.70}, {1, 28 * day, 0.85},
		{0, 14 * day, 0.85}, {0, 2 * day, 0.85}, {1, 2 * day, 0.97}, {0, day, 0.97}, {0, 0, 0.97}, {0, -day, 0.97}, {-1, 2 * day, 0.85},
	} {
		if got := sureness(tt.before, tt.left); got != tt.want {
			t.Errorf("after %d waves, with %v left: %v, want %v", tt.before, tt.left, got, tt.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		before, left := rapid.IntRange(0, 8).Draw(t, "before"), time.Duration(rapid.IntRange(0, 2000).Draw(t, "hours"))*time.Hour
		yes, seats := rapid.Float64Range(leastYes, mostYes).Draw(t, "yes"), rapid.IntRange(1, 30).Draw(t, "seats")
		now := sizing{Seats: seats, Yes: yes, Sure: sureness(before, left)}
		next := sizing{Seats: seats, Yes: yes, Sure: sureness(before+1, left-left/3)}
		if next.Sure < now.Sure || next.size() < now.size() {
			t.Fatalf("%+v is followed by %+v", now, next)
		}
		if eager := (sizing{Seats: seats, Yes: min(yes+0.1, mostYes), Sure: now.Sure}); eager.size() > now.size() {
			t.Fatalf("where more say yes, more are asked: %+v", eager)
		}
	})
}

// TestYesOf: one figure, from enough answers on, within bounds.
func TestYesOf(t *testing.T) {
	for _, tt := range []struct {
		yeses, answers int
		want           float64
	}{{0, 0, usualYes}, {0, 199, usualYes}, {199, 199, usualYes}, {80, 200, 0.4}, {0, 200, leastYes}, {200, 200, mostYes}} {
		if got := yesOf(tt.yeses, tt.answers); got != tt.want {
			t.Errorf("%d of %d: %v, want %v", tt.yeses, tt.answers, got, tt.want)
		}
	}
}

func TestWindow(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for left, want := range map[time.Duration]time.Duration{100 * time.Hour: 24 * time.Hour, 48 * time.Hour: 24 * time.Hour, 10 * time.Hour: 5 * time.Hour} {
		if got := window(now, now.Add(left)).Sub(now); got != want {
			t.Errorf("%v before it starts: %v, want %v", left, got, want)
		}
	}
}

// TestOfferMoves compares the moves with DESIGN.md 7, one by one.
func TestOfferMoves(t *testing.T) {
	allowed := map[State][]State{
		WaitingCoach: {Sent, Withdrawn}, Asked: {Yes, Refused, Expired, Withdrawn},
		Sent: {Yes, No, Expired, Withdrawn}, Yes: {Confirmed, Reserve, Withdrawn}, Reserve: {Confirmed, Thanked, Withdrawn},
	}
	for _, from := range States() {
		for _, to := range States() {
			got, err := from.To(to)
			if want := slices.Contains(allowed[from], to); (err == nil) != want || want && got != to || !want && got != from {
				t.Errorf("%s to %s gave %s, %v", from, to, got, err)
			}
		}
	}
}
