package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// MostRefusals is how many refusals are listed at once.
const MostRefusals = 100

// ClientRefusals lists the refusals that the actor may read, with the reasons, the
// newest first: to a member their own, also those that are over; to a client what
// they refused; to a coordinator all that hold. It returns ErrNoKey, and
// ErrNotFound to everybody else.
func (s *Service) ClientRefusals(ctx context.Context, by Actor) ([]ClientRefusal, error) {
	switch by.Kind {
	case RoleMember, RoleClient, RoleCoordinator:
	default:
		return nil, ErrNotFound
	}
	kept, err := listClientRefusals(ctx, s.db, by, DayOf(s.now()))
	if err != nil {
		return nil, err
	}
	return s.openRefusals(ctx, s.db, kept)
}

// ClientRefusalsOf lists those of a member that hold, to a coach whom the member
// lets read their offers; that they read is noted. It returns *NotGranted.
func (s *Service) ClientRefusalsOf(ctx context.Context, by Actor, m MemberID) (list []ClientRefusal, err error) {
	if by.Kind != RoleCoach {
		return nil, ErrNotFound
	}
	return list, s.NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := s.ReadTx(ctx, tx, by, m, OffersScope); err != nil {
			return err
		}
		kept, err := listRefusalsOf(ctx, tx, by.Cooperative, m, DayOf(s.now()))
		if err != nil {
			return err
		}
		list, err = s.openRefusals(ctx, tx, kept)
		return err
	}))
}

// ToldRefusal gives a refusal without its reason, the member whom it is about and
// the client's people, for who tells them. It returns ErrNotFound.
func (s *Service) ToldRefusal(ctx context.Context, c id.Cooperative, refusal ClientRefusalID) (r ClientRefusal, who Person, contacts []Person, err error) {
	if r, who, err = findToldRefusal(ctx, s.db, c, refusal); err != nil {
		return r, who, nil, err
	}
	contacts, err = listClientPersons(ctx, s.db, c, r.Client)
	return r, who, contacts, err
}

// keptRefusal is a refusal as its row has it.
type keptRefusal struct {
	ClientRefusal
	person PersonID // the member's, whose key sealed the reason
	why    []byte
}

func (s *Service) openRefusals(ctx context.Context, db Querier, kept []keptRefusal) ([]ClientRefusal, error) {
	list := make([]ClientRefusal, len(kept))
	var texts []SealedText
	for i, k := range kept {
		list[i] = k.ClientRefusal
		r := &list[i]
		texts = append(texts, SealedText{Person: k.person, Column: r.whyColumn(), Sealed: k.why, Into: &r.Why, Gone: &r.Gone})
	}
	return list, s.OpenAll(ctx, db, texts)
}
