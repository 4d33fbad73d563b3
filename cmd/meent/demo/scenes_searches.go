package demo

import (
	"context"

	"meent/internal/id"
	"meent/jobs"
)

// searches lets a few members keep what they look for.
func (s scenes) searches(ctx context.Context, c id.Cooperative) error {
	turn := 0
	for _, w := range s.workers {
		who := s.people[w.member]
		if who.Cooperative != c || turn == 3 {
			continue
		}
		for _, search := range turns(turn,
			[]jobs.Saved{{CanDo: true}, {Wish: jobs.Wish{Text: "schoonmaken", Parts: []jobs.DayPart{jobs.Morning}}, CanDo: true}},
			[]jobs.Saved{{Wish: jobs.Wish{Loads: []jobs.Load{jobs.Light}, Support: true}}},
			[]jobs.Saved{{Wish: jobs.Wish{LeastPay: 1600}, CanDo: true}}) {
			if _, err := s.jobs.SaveSearch(ctx, who, search); err != nil {
				return err
			}
		}
		turn++
	}
	return nil
}
