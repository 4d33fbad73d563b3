package demo

import (
	"context"

	"meent/members"
)

// tell lets some members say what they can bear, and what their work must be like, so
// that there is something to choose by. The others told nothing, which limits nobody.
func (h *house) tell(ctx context.Context) error {
	for i, w := range h.workers {
		by := members.Actor{Kind: members.RoleMember, Cooperative: w.cooperative, Member: w.member}
		for _, answer := range answers(i) {
			if err := h.members.Answer(ctx, by, answer); err != nil {
				return err
			}
		}
	}
	return nil
}

// answers are those of the member with this number.
func answers(i int) (list []members.Answer) {
	if i%4 == 1 {
		list = append(list, members.Load{Physical: 2 + i/4%3, Sensory: 3 + i/12%2, Mental: 3})
	}
	if i%6 == 5 {
		must := []string{"indoors", "own-pace", "outdoors"}[i/6%3]
		list = append(list, members.Abilities{must: members.Must, "one-contact": members.Prefer})
	}
	return list
}
