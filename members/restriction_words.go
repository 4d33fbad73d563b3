package members

import "context"

// keptRestriction is a restriction as its row has it: the reasons are sealed for
// the person whom it is about.
type keptRestriction struct {
	Restriction
	why, lifted []byte
}

// What the reasons are bound to, beside the person.
func (r Restriction) whyColumn() string    { return "restriction.why@" + r.ID.String() }
func (r Restriction) liftedColumn() string { return "restriction.lifted_why@" + r.ID.String() }

// openRestrictions opens the reasons of all.
func (s *Service) openRestrictions(ctx context.Context, kept []keptRestriction) ([]Restriction, error) {
	list := make([]Restriction, len(kept))
	var texts []SealedText
	for i, k := range kept {
		list[i] = k.Restriction
		r := &list[i]
		texts = append(texts,
			SealedText{Person: r.Person, Column: r.whyColumn(), Sealed: k.why, Into: &r.Why, Gone: &r.Gone},
			SealedText{Person: r.Person, Column: r.liftedColumn(), Sealed: k.lifted, Into: &r.LiftedWhy, Gone: &r.Gone})
	}
	return list, s.OpenAll(ctx, s.db, texts)
}
