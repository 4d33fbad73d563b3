package bleveindex

import (
	"bytes"
	"cmp"
	"slices"

	"meent/jobs"
)

// hit is a gig that fits.
type hit struct {
	rank int // the lowest first
	*card
}

func (h hit) compare(o hit) int {
	return cmp.Or(cmp.Compare(h.rank, o.rank), cmp.Compare(h.first, o.first), bytes.Compare(h.gig[:], o.gig[:]))
}

// best keeps the first so many of all hits, in no order.
type best struct {
	most  int
	hits  []hit
	worst hit // once there are enough, only what comes before it counts
	full  bool
}

func (b *best) add(h hit) {
	if b.full && h.compare(b.worst) >= 0 {
		return
	}
	b.hits = append(b.hits, h)
	if len(b.hits) == 2*b.most {
		b.cut()
	}
}

func (b *best) cut() {
	slices.SortFunc(b.hits, hit.compare)
	if len(b.hits) >= b.most {
		b.hits = b.hits[:b.most]
		b.worst, b.full = b.hits[b.most-1], true
	}
}

// page gives the last so many of them, in order.
func (b *best) page(size int) (gigs []jobs.GigID) {
	b.cut()
	for _, h := range b.hits[min(len(b.hits), b.most-size):] {
		gigs = append(gigs, h.gig)
	}
	return gigs
}
