package engine

import "time"

// Try is other work that might be asked instead, and the rules of which it may be the
// end.
type Try struct {
	Work  Work
	Rules Rules
}

// Stopped is what stops the members at work; those who are none now, or who have a seat
// on it, are not looked at.
type Stopped struct {
	Can   int // for whom all rules hold, whatever waits for their answer
	By    map[Rule]int
	Opens []int // of each try: who would be let in, whom exactly one rule stops that it may end
}

// Stopped looks at every member. It reads no earlier answer.
func (v *View) Stopped(w *Work, tries []Try, now time.Time) Stopped {
	at := momentOf(now)
	l, found := lookOf(soughtOf(w), at), Stopped{By: map[Rule]int{}, Opens: make([]int, len(tries))}
	others := make([]look, len(tries))
	for i := range tries {
		others[i] = lookOf(soughtOf(&tries[i].Work), at)
	}
	for _, p := range v.pages {
		l.at(p)
		for i := range others {
			others[i].at(p)
		}
		for r := range p.hot {
			if !p.countsFor(r, w) {
				continue
			}
			broken := l.all(r)
			for _, rule := range broken.List() {
				found.By[rule]++
			}
			switch broken.Len() {
			case 0:
				found.Can++
			case 1:
				for i := range others {
					if broken&tries[i].Rules != 0 && others[i].all(r) == 0 {
						found.Opens[i]++
					}
				}
			}
		}
	}
	return found
}

// Enough reports whether these rules hold for so many, whatever waits for their answer. It
// looks no further than these.
func (v *View) Enough(w *Work, rules Rules, many int, now time.Time) bool {
	l, can := lookOf(soughtOf(w), momentOf(now)), 0
	for _, p := range v.pages {
		l.at(p)
		for r := 0; r < len(p.hot) && can < many; r++ {
			if p.countsFor(r, w) && l.all(r)&rules == 0 {
				can++
			}
		}
	}
	return can >= many
}

// countsFor reports a member now, who has no seat on the shift.
func (p *page) countsFor(r int, w *Work) bool { return p.hot[r].flags&works != 0 && !p.has(r, w) }

// all are the rules that keep a row from the work, but that offers wait for an answer.
func (l *look) all(r int) Rules {
	l.on(r)
	l.skills()
	l.side = l.table.side(r)
	return l.judge(int(rules)+1) &^ l.passes() &^ Rules(0).With(CalmRule)
}

// has reports a seat on the shift.
func (p *page) has(r int, w *Work) bool {
	for _, b := range p.bookedOf(r) {
		if b.shift == w.Shift {
			return true
		}
	}
	return false
}
