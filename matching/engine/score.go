package engine

import "time"

// Facts is all that the points of a member for a shift are made of. It is stored
// with an offer.
type Facts struct {
	Asked []AskedSkill // what the work asks, in the order of the skills' codes
	Grows bool         // one of them is a goal of the member
	Helps bool         // somebody at work helps

	Metres int  // one way, as the crow flies
	Reach  int  // of the member, metres
	Remote bool // the work is done at home

	Bears [3]int // physical, sensory, mental: what the member can bear, 1 to 5; 0: not told
	Loads [3]int // what the work asks of it, 1 to 5; 0: not said

	Pay     int  // cents that the shift pays the member
	Left    int  // cents of what the member wants to earn that month that are left
	Limited bool // the member told how much that is

	Times int // engagements agreed at this client

	Received time.Duration // work within ShareSide of the shift
	Wanted   time.Duration // that the member wants in ShareWeeks
}

// AskedSkill is a skill that the work asks, at which level, and how well the member
// does it.
type AskedSkill struct {
	Want uint8 // rank of members.SkillLevel, from 1
	Have uint8 // 0: the member does not have it, or not well enough to count
}

// Points are those of each part.
type Points [parts]int

// Total is their sum.
func (p Points) Total() (total int) {
	for _, one := range p {
		total += one
	}
	return total
}

// Middle is how much somebody can bear who did not tell: telling neither has to help
// nor to harm.
const Middle = 3

// What somebody received, and wants, is counted over these weeks: half of them before
// the shift, and half after it.
const (
	ShareWeeks = 8
	ShareSide  = ShareWeeks * 7 * 24 * time.Hour / 2
)

// UsualWant is the work in those weeks of who did not say how much they want.
const UsualWant = ShareWeeks * 8 * time.Hour

// Score gives the points of each part: whole numbers, from 0 to the part's weight.
// Raising a level, what somebody can bear, the reach or the times there, or lowering
// the way or what somebody received never lowers any of them.
func Score(f *Facts, w *Weights) (p Points) {
	p[Fit] = w.Of[Fit]
	if want, have := f.asked(); want > 0 {
		p[Fit] = w.Of[Fit] * have / want
	}
	switch {
	case f.Grows && f.Helps:
		p[Growth] = w.Of[Growth]
	case f.Grows:
		p[Growth] = w.Of[Growth] / 2
	}
	p[Near] = share(w.Of[Near], f.Reach-f.Metres, f.Reach)
	if f.Remote {
		p[Near] = w.Of[Near]
	}
	p[Calm] = w.Of[Calm] * f.headroom() / (3 * mostHeadroom)
	p[Room] = w.Of[Room]
	if f.Limited { // all of it until four fifths of what is left, nothing at all of it
		p[Room] = share(w.Of[Room], 5*(f.Left-f.Pay), f.Left)
	}
	p[Known] = w.Of[Known] * max(0, f.Times) / (max(0, f.Times) + 4)
	p[Fair] = share(w.Of[Fair], int((f.Wanted-f.Received)/time.Minute), int(f.Wanted/time.Minute))
	return p
}

// share is so many parts of a whole of the weight: at least 0, at most all of it. Of
// no whole there is none.
func share(of, part, whole int) int {
	if whole <= 0 {
		return 0
	}
	return of * min(max(0, part), whole) / whole
}

// asked sums the levels that are asked, and of those what the member has.
func (f *Facts) asked() (want, have int) {
	for _, a := range f.Asked {
		want += int(a.Want)
		have += int(min(a.Want, a.Have))
	}
	return want, have
}

// mostHeadroom is from where more that somebody can bear does not count.
const mostHeadroom = 3

// headroom sums how far each load stays below what the member can bear.
func (f *Facts) headroom() (sum int) {
	for i, load := range f.Loads {
		bears := f.Bears[i]
		if bears == 0 {
			bears = Middle
		}
		if load == 0 {
			sum += mostHeadroom
			continue
		}
		sum += min(mostHeadroom, max(0, bears-load))
	}
	return sum
}
