package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// mostRails is how many guard rails a page lists: what waits and what holds is
// always among them.
const mostRails = 50

// Rails lists a member's guard rails: what waits for an answer, what holds, and
// then what is over, the newest first. The member reads all; that the coach reads
// is noted in the member's access log. It returns members.ErrNotGranted when the
// member does not let the coach read their progress, members.ErrNoKey, and
// members.ErrNotFound to everybody but the member and their coach.
func (s *Service) Rails(ctx context.Context, by members.Actor, m members.MemberID) (list []Rail, err error) {
	var kept []keptRail
	err = s.people.NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := s.mayRailsTx(ctx, tx, by, m); err != nil {
			return err
		}
		kept, err = listRails(ctx, tx, by.Cooperative, m, mostRails)
		return err
	}))
	if err != nil {
		return nil, err
	}
	return s.openRails(ctx, kept)
}

// keptRail is a guard rail as its row has it.
type keptRail struct {
	Rail
	person members.PersonID // the member's
	reason []byte
}

func railColumn(r RailID) string { return "guard_rail.reason@" + r.String() }

func (s *Service) openRails(ctx context.Context, kept []keptRail) ([]Rail, error) {
	list := make([]Rail, len(kept))
	var texts []members.SealedText
	for i, k := range kept {
		list[i] = k.Rail
		texts = append(texts, members.SealedText{Person: k.person, Column: railColumn(k.ID), Sealed: k.reason, Into: &list[i].Reason, Gone: &list[i].Gone})
	}
	return list, s.people.OpenAll(ctx, s.db, texts)
}
