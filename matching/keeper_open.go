package matching

import (
	"context"
	"slices"
	"time"

	"meent/jobs"
	"meent/matching/engine"
)

// opened is a shift that is kept as open.
type opened struct {
	gig    jobs.GigID
	starts time.Time
}

func (o *kept) putOpen(list []engine.Work) {
	if o.into.Open == nil {
		return
	}
	for _, w := range list {
		o.open[w.Shift] = opened{w.Gig, w.Starts}
	}
	o.into.Open.Put(list)
}

// openAgain reads anew what is named of the open work. What is not open any more goes.
func (o *kept) openAgain(ctx context.Context, n *named) (err error) {
	var open []engine.Work
	switch {
	case o.into.Open == nil:
		return nil
	case n.whole:
		open, err = o.Open(ctx)
	case len(n.gigs)+len(n.shifts) > 0:
		open, err = o.openOf(ctx, n.shifts, n.gigs)
	default:
		return nil
	}
	if err != nil {
		return err
	}
	there := make(map[jobs.ShiftID]bool, len(open))
	for _, w := range open {
		there[w.Shift] = true
	}
	o.putOpen(open)
	o.close(func(s jobs.ShiftID, was opened) bool { return !there[s] && n.names(s, was.gig) })
	return nil
}

// names reports whether a shift of a gig is named.
func (n *named) names(s jobs.ShiftID, gig jobs.GigID) bool {
	return n.whole || slices.Contains(n.shifts, s) || slices.Contains(n.gigs, gig)
}

// close takes out those.
func (o *kept) close(those func(jobs.ShiftID, opened) bool) {
	var gone []jobs.ShiftID
	for s, was := range o.open {
		if those(s, was) {
			gone = append(gone, s)
			delete(o.open, s)
		}
	}
	if len(gone) > 0 {
		o.into.Open.Drop(gone)
	}
}

// closeBegun takes out what has begun: no row changes then.
func (k *Keeper) closeBegun() {
	now := k.service.now()
	for _, one := range k.kept {
		one.close(func(_ jobs.ShiftID, was opened) bool { return !was.starts.After(now) })
	}
}
