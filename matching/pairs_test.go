package matching_test

import (
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meent/matching"
	"meent/matching/engine"
	"meent/matching/engine/enginetest"
	"meent/members"
)

// Of each round of pairs.
const (
	pairPeople = 100
	pairWork   = 20
)

// TestCheckIsTheColumns: of pairs at random, MEENT_PAIRS of them if that is set, Check and
// the engine's columns say the same, rule by rule, and who may be asked is who Best finds.
func TestCheckIsTheColumns(t *testing.T) {
	pairs := 100_000
	if asked, err := strconv.Atoi(os.Getenv("MEENT_PAIRS")); err == nil {
		pairs = asked
	}
	p := comparing{T: t, limits: map[enginetest.Limit]int{}}
	for round := range max(1, pairs/pairPeople/pairWork) {
		p.round(enginetest.NewAnywhen(uint64(round)))
	}
	p.proves(p.pairs / 1000)
	t.Logf("%d pairs, of which %d may be offered; %d at a limit", p.pairs, p.offered, p.limited)
}

// comparing counts what it saw.
type comparing struct {
	*testing.T
	pairs, offered, limited int
	broke                   [64]int
	limits                  map[enginetest.Limit]int
}

func (p *comparing) round(w enginetest.World) {
	work := make([]engine.Work, pairWork)
	for i := range work {
		work[i] = w.Work()
	}
	people, at := w.People(pairPeople), make([]*enginetest.Limit, pairPeople)
	for i := range people {
		if limit, is := w.AtLimit(&people[i], &work[i%pairWork]); is {
			at[i] = &limit
		}
	}
	columns := engine.NewColumns()
	columns.Put(people)
	view, told := columns.Now(), make([]matching.Told, pairPeople)
	for i := range people {
		told[i] = matching.TellCheck(people[i], w.Now)
	}
	for k := range work {
		plain, fit := matching.TellWork(work[k]), map[members.MemberID]engine.Member{}
		for i := range people {
			got, _ := view.Judge(&work[k], people[i].ID, w.Now)
			want, forOffer, asked := told[i].Check(plain, work[k].Worktime)
			p.same(got, want, people[i], work[k], w)
			if len(forOffer) == 0 && !asked {
				fit[people[i].ID] = people[i]
			}
			if at[i] != nil && i%pairWork == k {
				p.atLimit(*at[i], want, people[i], work[k])
			}
		}
		p.found(view, &work[k], fit, w)
	}
}

// same compares the two lists of rules, and counts each.
func (p *comparing) same(got engine.Rules, want []matching.Rule, m engine.Member, k engine.Work, w enginetest.World) {
	p.pairs++
	all, names := matching.Rules(), []matching.Rule(nil)
	for _, r := range got.List() {
		names = append(names, all[r])
		p.broke[r]++
	}
	if !slices.Equal(names, want) {
		p.Fatalf("at %s (-Check +columns):\n%s\n%+v\n%+v", w.Now, cmp.Diff(want, names), m, k)
	}
}

// atLimit: exactly at a limit its rule holds, and just over it does not.
func (p *comparing) atLimit(l enginetest.Limit, broken []matching.Rule, m engine.Member, k engine.Work) {
	p.limited++
	p.limits[l]++
	if rule := matching.Rules()[l.Rule]; slices.Contains(broken, rule) != l.Over {
		p.Fatalf("%s, over the limit: %v; broken are %v:\n%+v\n%+v", rule, l.Over, broken, m, k)
	}
}

// found: who fits by Check, and was not asked before, is who the engine proposes.
func (p *comparing) found(v *engine.View, k *engine.Work, fit map[members.MemberID]engine.Member, w enginetest.World) {
	weights := enginetest.Weights()
	list := v.Best(k, w.Now, pairPeople, &weights)
	for _, one := range list {
		if _, is := fit[one.Member]; !is {
			p.Fatalf("the engine proposes %s for %+v", one.Member, k)
		}
		delete(fit, one.Member)
	}
	for _, m := range fit {
		p.Fatalf("the engine does not propose, at %s:\n%+v\n%+v", w.Now, m, k)
	}
	p.offered += len(list)
}

// proves reports what was seen too seldom.
func (p *comparing) proves(least int) {
	for i, rule := range matching.Rules() {
		if broke := p.broke[i]; broke < least || p.pairs-broke < least {
			p.Errorf("%s broke %d times and held %d times: that proves little", rule, broke, p.pairs-broke)
		}
	}
	for _, rule := range enginetest.Limited() {
		for _, over := range []bool{false, true} {
			if n := p.limits[enginetest.Limit{Rule: rule, Over: over}]; n < least/10 {
				p.Errorf("%s was at its limit %d times (over: %v): that proves little", matching.Rules()[rule], n, over)
			}
		}
	}
	if p.offered < least {
		p.Errorf("%d may be offered: that proves little", p.offered)
	}
}
