package main

import (
	"context"
	"errors"
	"fmt"

	"meent/internal/id"
	"meent/matching"
)

const explainUsage = "say which offer: meent explain OFFER"

// explain is `meent explain OFFER`: the points for which somebody was asked, and whether
// the stored facts give them again by the weights of that version. It names nobody, and
// prints none of the facts: they say what a member can bear and wants to earn.
func (p *program) explain(ctx context.Context) error {
	if len(p.args) != 1 {
		return errors.New(explainUsage)
	}
	offer, err := id.Parse[matching.Offer](p.args[0])
	if err != nil {
		return errors.New(explainUsage)
	}
	return p.withServices(ctx, func(_ *backends, s *services) error {
		r, err := s.matching.Replay(ctx, offer)
		if err != nil {
			return err
		}
		return p.printReplay(r)
	})
}

func (p *program) printReplay(r matching.Replayed) error {
	fmt.Fprintf(p.out, "offer   %s\nweights version %d\n", r.Offer, r.Stored.Version)
	for _, point := range r.Stored.Points {
		fmt.Fprintf(p.out, "  %-7s %4d of %d\n", point.Kind, point.Points, point.Of)
	}
	fmt.Fprintf(p.out, "  %-7s %4d\n", "total", r.Stored.Total)
	var err error
	switch {
	case !r.Can:
		_, err = fmt.Fprintln(p.out, "No facts are stored with it, so it cannot be computed again.")
	case r.Same:
		_, err = fmt.Fprintln(p.out, "Computed again it is the same, byte for byte.")
	default:
		err = errors.New("computed again it is not the same")
	}
	return err
}
