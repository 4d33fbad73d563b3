package matching

import (
	"slices"
	"time"

	"meent/members"
)

// Reader is for whom an explanation is put into words.
type Reader string

// The readers.
const (
	ToMember Reader = "member"
	ToCoach  Reader = "coach"  // as far as the member lets them read
	ToOffice Reader = "office" // what a coordinator plans by: skills, the way and earlier work
	ToClient Reader = "client" // skills and time, and nothing else
)

// Readers lists them.
func Readers() []Reader { return []Reader{ToMember, ToCoach, ToOffice, ToClient} }

// Reasons of an explanation that give no points.
const (
	WeekReason      PointKind = "week"      // the member told that they can work then
	FavouriteReason PointKind = "favourite" // the client asked for them
	TimeReason      PointKind = "time"      // they can come then: they say so themselves
)

// ReasonKinds lists all that an explanation can say.
func ReasonKinds() []PointKind {
	return append(PointKinds(), WeekReason, FavouriteReason, TimeReason)
}

// Said is one reason of an explanation, with no more than its reader may know.
type Said struct {
	Kind       PointKind
	Points, Of int // none to a client

	Can    int  // fit: so many of the skills that are asked
	All    bool // fit: every one
	Metres int  // near
	Remote bool // near: the work is done at home
	Times  int  // known
	Worked time.Duration
}

// needs is what a coach must be allowed to read before they are told a reason: what
// came of answers of the profile, among it health and what somebody wants to earn, of
// work that was done before, or of hours.
func (k PointKind) needs() members.Scope {
	switch k {
	case GrowthPoints, NearPoints, CalmPoints, RoomPoints, WeekReason:
		return members.ProfileScope
	case KnownPoints:
		return members.AgendaScope
	case FairPoints:
		return members.HoursScope
	default:
		return members.OffersScope
	}
}

// tells reports whether the reader is told this reason; a coach by what they may read.
func (r Reader) tells(k PointKind, may []members.Scope) bool {
	switch r {
	case ToMember:
		return k != TimeReason
	case ToCoach:
		return k != TimeReason && slices.Contains(may, k.needs())
	case ToOffice:
		return k == FitPoints || k == NearPoints || k == KnownPoints
	case ToClient:
		return k == FitPoints || k == TimeReason
	default:
		return false
	}
}

// Says gives the reasons that the reader may know, in the order of the points; what
// gave none is no reason. May is what a coach may read of the member.
func (e Explanation) Says(to Reader, may ...members.Scope) (said []Said) {
	for _, one := range e.reasons() {
		tells := to.tells(one.Kind, may)
		if to == ToClient && tells {
			one, tells = e.toClient(one)
		}
		if tells {
			said = append(said, one)
		}
	}
	return said
}

// reasons are all that there are.
func (e Explanation) reasons() (list []Said) {
	if e.Favourite {
		list = append(list, Said{Kind: FavouriteReason})
	}
	for _, p := range e.Points {
		if p.Points > 0 && e.told(p.Kind) {
			list = append(list, e.said(p))
		}
	}
	if e.Week {
		list = append(list, Said{Kind: WeekReason})
	}
	return append(list, Said{Kind: TimeReason})
}

// told reports that the points came of what the member told: where they told nothing
// they are those of everybody, and no reason.
func (e Explanation) told(kind PointKind) bool {
	switch f := e.Facts; kind {
	case GrowthPoints:
		return f != nil
	case CalmPoints:
		return f != nil && f.Bears != [3]int{} && f.Loads != [3]int{}
	case RoomPoints:
		return f != nil && f.Limited
	default:
		return true
	}
}

func (e Explanation) said(p Point) Said {
	s := Said{Kind: p.Kind, Points: p.Points, Of: p.Of, Metres: p.Metres, Remote: p.Remote, Times: p.Times, Worked: time.Duration(p.Minutes) * time.Minute}
	if p.Kind == FitPoints {
		s.Can, s.All = len(p.Skills), p.Points == p.Of
	}
	return s
}

// toClient leaves of a reason what shows skills and time, not how well the member does
// them, nor what they are learning. It reports false where nothing is left to say.
func (e Explanation) toClient(s Said) (Said, bool) {
	if s.Kind != FitPoints {
		return Said{Kind: s.Kind}, true
	}
	fit := Said{Kind: FitPoints}
	if e.Facts != nil {
		for _, a := range e.Facts.Asked {
			if int(a.Have) >= members.Can.Rank() {
				fit.Can++
			}
		}
		fit.All = fit.Can == len(e.Facts.Asked)
	}
	return fit, fit.Can > 0
}
