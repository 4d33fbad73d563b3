package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"
)

// Digester is an index that tells what it holds, so that ChecksIndex can compare.
type Digester interface {
	// Digests gives the Digest of each document in the index, of every cooperative.
	Digests(ctx context.Context) (map[GigID]string, error)
}

// Digest tells documents that differ apart, in few letters.
func (d Document) Digest() string {
	d.First, d.Starts = d.First.UTC(), slices.Clone(d.Starts)
	for i, start := range d.Starts {
		d.Starts[i] = start.UTC()
	}
	text, err := json.Marshal(d)
	if err != nil {
		text = []byte(time.Time{}.String()) // cannot be: every field can be written
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:12])
}

// Drift is how an index differs from what it should hold, gig by gig.
type Drift struct {
	Held    int     // documents that are in it
	Missing []GigID // not in it
	Surplus []GigID // in it, and should not be
	Stale   []GigID // in it as they were earlier
}

// All are the gigs that are wrong in any way.
func (d Drift) All() []GigID { return slices.Concat(d.Missing, d.Surplus, d.Stale) }

// compare holds what an index tells against what it should tell.
func compare(held map[GigID]string, docs []Document) Drift {
	d, should := Drift{Held: len(held)}, make(map[GigID]bool, len(docs))
	for _, doc := range docs {
		should[doc.Gig] = true
		switch digest, has := held[doc.Gig]; {
		case !has:
			d.Missing = append(d.Missing, doc.Gig)
		case digest != doc.Digest():
			d.Stale = append(d.Stale, doc.Gig)
		}
	}
	for gig := range held {
		if !should[gig] {
			d.Surplus = append(d.Surplus, gig)
		}
	}
	return d
}

// among leaves only these gigs.
func (d Drift) among(gigs []GigID) Drift {
	wanted := make(map[GigID]bool, len(gigs))
	for _, gig := range gigs {
		wanted[gig] = true
	}
	for _, list := range []*[]GigID{&d.Missing, &d.Surplus, &d.Stale} {
		*list = slices.DeleteFunc(*list, func(gig GigID) bool { return !wanted[gig] })
	}
	return d
}
