package coaching

import (
	"context"

	"meent/members"
)

// openGoals opens the words of a member's goals and steps.
func (s *Service) openGoals(ctx context.Context, db members.Querier, person members.PersonID, kept []keptGoal) ([]Goal, error) {
	list := make([]Goal, len(kept))
	var texts []members.SealedText
	for i, k := range kept {
		list[i] = k.Goal
		g := &list[i]
		texts = append(texts, members.SealedText{Person: person, Column: goalColumn(g.ID), Sealed: k.text, Into: &g.Text, Gone: &g.Gone})
		g.Steps = make([]Step, len(k.steps))
		for n, step := range k.steps {
			g.Steps[n] = step.Step
			texts = append(texts, members.SealedText{Person: person, Column: stepColumn(step.ID), Sealed: step.text, Into: &g.Steps[n].Text, Gone: &g.Gone})
		}
	}
	return list, s.people.OpenAll(ctx, db, texts)
}

// openContacts opens the words of a member's contacts.
func (s *Service) openContacts(ctx context.Context, db members.Querier, person members.PersonID, kept []keptContact) ([]Contact, error) {
	list := make([]Contact, len(kept))
	var texts []members.SealedText
	for i, k := range kept {
		list[i] = k.Contact
		c := &list[i]
		texts = append(texts,
			members.SealedText{Person: person, Column: whyColumn(c.ID), Sealed: k.why, Into: &c.Why, Gone: &c.Gone},
			members.SealedText{Person: person, Column: nextColumn(c.ID), Sealed: k.next, Into: &c.Next, Gone: &c.Gone})
	}
	return list, s.people.OpenAll(ctx, db, texts)
}
