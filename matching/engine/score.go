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
	want, have := f.asked()
	p[Fit] = w.fit(have, want)
	p[Growth] = w.growth(f.Grows, f.Helps)
	if p[Near] = w.Of[Near]; !f.Remote {
		p[Near] = w.near(f.Reach, f.Metres)
	}
	p[Calm] = w.calm(f.headroom())
	p[Room] = w.room(f.Limited, f.Left, f.Pay)
	p[Known] = w.known(f.Times)
	p[Fair] = w.fair(int(f.Wanted/time.Minute), int((f.Wanted-f.Received)/time.Minute))
	return p
}

func (w *Weights) fit(have, want int) int {
	if want <= 0 {
		return w.Of[Fit]
	}
	return w.Of[Fit] * have / want
}

func (w *Weights) growth(grows, helps bool) int {
	switch {
	case grows && helps:
		return w.Of[Growth]
	case grows:
		return w.Of[Growth] / 2
	}
	return 0
}

func (w *Weights) near(reach, metres int) int { return share(w.Of[Near], reach-metres, reach) }

func (w *Weights) calm(headroom int) int { return w.Of[Calm] * headroom / (3 * mostHeadroom) }

// room is all of it until four fifths of what is left, nothing at all of it.
func (w *Weights) room(limited bool, left, pay int) int {
	if !limited {
		return w.Of[Room]
	}
	return share(w.Of[Room], 5*(left-pay), left)
}

func (w *Weights) known(times int) int { return w.Of[Known] * max(0, times) / (max(0, times) + 4) }

// fair is of minutes that are wanted, and of those that are not received yet.
func (w *Weights) fair(wanted, missing int) int { return share(w.Of[Fair], missing, wanted) }

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
		sum += above(f.Bears[i], load)
	}
	return sum
}

func above(bears, load int) int {
	if load == 0 {
		return mostHeadroom
	}
	if bears == 0 {
		bears = Middle
	}
	return min(mostHeadroom, max(0, bears-load))
}
