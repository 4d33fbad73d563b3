package engine

import (
	"time"

	"meent/members"
)

// Judge gives all rules that do not hold for a member, and what the points would be
// made of. Who is not here breaks WorksRule.
func (v *View) Judge(w *Work, id members.MemberID, now time.Time) (Rules, Facts) {
	p, r, ok := v.find(id)
	if !ok {
		return Rules(0).With(WorksRule), Facts{}
	}
	l := lookOf(soughtOf(w), momentOf(now))
	l.at(p)
	l.on(r)
	l.skills()
	l.side = p.side(r)
	f := Facts{Asked: make([]AskedSkill, len(l.wants))}
	l.facts(&f)
	return l.judge(int(rules) + 1), f
}

// NearMisses counts, of each rule, for how many it is the only one that keeps an offer
// from them. Who was asked before is not among them.
func (v *View) NearMisses(w *Work, now time.Time) map[Rule]int {
	l, counts := lookOf(soughtOf(w), momentOf(now)), map[Rule]int{}
	for _, p := range v.pages {
		l.at(p)
		for r := range p.hot {
			l.on(r)
			if l.side = p.side(r); l.side.asked(w.Shift) {
				continue
			}
			l.skills()
			passes := l.passes()
			if broken := l.judge(2+passes.Len()) &^ passes; broken.Len() == 1 {
				counts[broken.List()[0]]++
			}
		}
	}
	return counts
}

// judge gives the rules that do not hold for a row, or some of them as soon as there
// are so many. The cheaper ones come first.
func (l *look) judge(enough int) Rules {
	broken := l.plain() | l.skilled(l.have)
	if broken.Len() >= enough {
		return broken
	}
	if !l.reaches() {
		broken = broken.With(ReachRule)
	}
	if !l.fits() {
		broken = broken.With(WeekRule)
	}
	if broken.Len() >= enough {
		return broken
	}
	if !l.side.calm(l.hot.flags.pace(), l.now) {
		broken = broken.With(CalmRule)
	}
	t := tieTo(l.table.tiesOf(l.row), l.Client)
	been := l.been(t, l.side)
	return broken | l.tied(t, l.now) | l.helped(been) | l.railed(been) | l.booked()
}

// plain are the rules of one number or a few bits.
func (l *look) plain() (broken Rules) {
	s, h, f := l.sought, l.hot, l.hot.flags
	if f&works == 0 {
		broken = broken.With(WorksRule)
	}
	if f&restricted != 0 {
		broken = broken.With(MayRule)
	}
	if lacks := h.lim.lacking(s.asks); lacks&^(0xff<<supportAt) != 0 {
		for i, rule := range [3]Rule{PhysicalRule, SensoryRule, MentalRule} {
			if lacks>>(8*i)&0xff != 0 {
				broken = broken.With(rule)
			}
		}
	}
	if h.musts&^s.Offers != 0 {
		broken = broken.With(AbilityRule)
	}
	if d := h.dutch; d != 0 && d < s.Dutch {
		broken = broken.With(DutchRule)
	}
	if step := h.step; step != 0 && step < s.Step {
		broken = broken.With(StepRule)
	}
	if s.Certificate && f&certificate == 0 {
		broken = broken.With(CertificateRule)
	}
	return broken
}

func (l *look) reaches() bool {
	return l.Remote && l.hot.reach >= 0 || !l.Remote && !l.beyond() && l.way() <= int(l.hot.reach)
}

// helped is the rule about who needs somebody at work.
func (l *look) helped(been bool) (broken Rules) {
	if lim := l.hot.lim; lim.lacking(l.asks)>>supportAt != 0 && !(lim.starts() && been) {
		broken = broken.With(SupportRule)
	}
	return broken
}
