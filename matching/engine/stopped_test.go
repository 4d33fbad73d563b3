package engine_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meent/matching/engine"
)

// TestStoppedIsThatOfEverybody: the counts of rules and of changes are those of the
// plain rules, of each member on their own; who is none, or comes already, is left out.
func TestStoppedIsThatOfEverybody(t *testing.T) {
	w := newWorld(41)
	people := append(w.People(700), w.easier(w.People(700))...)
	c := engine.NewColumns()
	c.Put(people)
	opened, can, by := 0, 0, map[engine.Rule]bool{}
	for range 40 {
		work := w.Work()
		tries := make([]engine.Try, 4)
		for i := range tries {
			tries[i] = engine.Try{Work: work, Rules: engine.Rules(0).With([]engine.Rule{engine.SkillRule, engine.ReachRule, engine.WeekRule, engine.PhysicalRule}[i])}
		}
		tries[0].Work.Asked, tries[1].Work.Remote = nil, true
		other := w.Work()
		tries[2].Work.Starts, tries[2].Work.Ends = other.Starts, other.Ends
		tries[2].Rules = tries[2].Rules.With(engine.FreeRule)
		want := plainStopped(people, &work, tries)
		got := c.Now().Stopped(&work, tries, aFriday)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%+v (-plain +engine):\n%s", work, diff)
		}
		for _, rules := range []engine.Rules{^engine.Rules(0), 0, tries[0].Rules | tries[1].Rules | tries[2].Rules, tries[3].Rules} {
			holds := plainHolds(people, &work, rules)
			if rules+1 == 0 && holds != got.Can {
				t.Fatalf("%d can, and %d", got.Can, holds)
			}
			for _, many := range []int{0, 1, holds, holds + 1} {
				if c.Now().Enough(&work, rules, many, aFriday) != (many <= holds) {
					t.Fatalf("%v hold for %d; that they do for %d is wrong", rules.List(), holds, many)
				}
			}
		}
		can += got.Can
		for i, n := range got.Opens {
			if opened += n; i == 3 && n > 0 {
				t.Error("the same work lets in more people")
			}
		}
		for rule := range got.By {
			by[rule] = true
		}
	}
	if opened < 100 || can < 100 || len(by) < 25 || by[engine.WorksRule] || by[engine.CalmRule] {
		t.Errorf("%d opened, %d can, %d rules", opened, can, len(by))
	}
}

func plainStops(m *engine.Member, w *engine.Work) engine.Rules {
	return plainOffer(m, w, aFriday) &^ engine.Rules(0).With(engine.CalmRule)
}

func plainCounts(m *engine.Member, w *engine.Work) bool {
	return m.Works && !slices.ContainsFunc(m.Booked, func(b engine.Booking) bool { return b.Shift == w.Shift })
}

func plainHolds(people []engine.Member, w *engine.Work, rules engine.Rules) (many int) {
	for i := range people {
		if plainCounts(&people[i], w) && plainStops(&people[i], w)&rules == 0 {
			many++
		}
	}
	return many
}

func plainStopped(people []engine.Member, w *engine.Work, tries []engine.Try) engine.Stopped {
	found := engine.Stopped{By: map[engine.Rule]int{}, Opens: make([]int, len(tries))}
	for i := range people {
		m := &people[i]
		if !plainCounts(m, w) {
			continue
		}
		broken := plainStops(m, w)
		if broken.Len() == 0 {
			found.Can++
		}
		for _, rule := range broken.List() {
			found.By[rule]++
			for k, try := range tries {
				if broken.Len() == 1 && try.Rules.Has(rule) && plainStops(m, &try.Work) == 0 {
					found.Opens[k]++
				}
			}
		}
	}
	return found
}

// TestTenThousandSkills: of a member and of work, and none of either.
func TestTenThousandSkills(t *testing.T) {
	all, few := engine.Member{ID: [16]byte{1}, Works: true}, engine.Member{ID: [16]byte{2}, Works: true}
	work := engine.Work{Shift: [16]byte{3}, Starts: aFriday.AddDate(0, 0, 1), Ends: aFriday.AddDate(0, 0, 1).Add(1), Open: true, Free: 2, Remote: true}
	none := work
	none.Shift = [16]byte{4}
	for i := range uint16(10_000) {
		all.Skills = append(all.Skills, engine.Skill{Number: i, Level: 2})
		work.Asked = append(work.Asked, engine.Ask{Number: i, Level: 2, Required: i%2 == 0})
	}
	c, g := engine.NewColumns(), engine.NewShifts()
	c.Put([]engine.Member{all, few})
	g.Put([]engine.Work{work, none})
	if got := g.For(&all, aFriday, 9, &someWeights); len(got) != 2 || len(got[0].Facts.Asked)+len(got[1].Facts.Asked) != 10_000 {
		t.Errorf("who can all is found %d shifts", len(got))
	}
	if got := g.For(&few, aFriday, 9, &someWeights); len(got) != 1 || got[0].Shift != none.Shift {
		t.Errorf("who can nothing is found %+v", got)
	}
	easy := work
	easy.Asked = nil
	got := c.Now().Stopped(&work, []engine.Try{{Work: easy, Rules: engine.Rules(0).With(engine.SkillRule)}}, aFriday)
	if diff := cmp.Diff(engine.Stopped{Can: 1, By: map[engine.Rule]int{engine.SkillRule: 1}, Opens: []int{1}}, got); diff != "" {
		t.Error(diff)
	}
	if got := engine.NewColumns().Now().Stopped(&work, nil, aFriday); got.Can != 0 || len(got.By)+len(got.Opens) != 0 {
		t.Errorf("nobody: %+v", got)
	}
}
