package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// ChangeTold is the task that tells a member that work was changed to which they
// said yes, or about which they were asked or asked themselves.
type ChangeTold struct {
	Gig         jobs.GigID
	Member      members.MemberID
	Cooperative id.Cooperative
}

// Kind names the task.
func (ChangeTold) Kind() string { return "matching.change_told" }

// TellChangedTx is the handler of jobs.GigTextChanged: it tells everybody who works
// on the gig, or for whom something about it is open. What their coach still has is
// not told: they do not know of it.
func (s *Service) TellChangedTx(ctx context.Context, tx pgx.Tx, t jobs.GigTextChanged) error {
	tell, err := s.jobs.ToldTx(ctx, tx, t)
	if err != nil || !tell {
		return err
	}
	who, err := listConcerned(ctx, tx, t.Cooperative, t.ID, s.now())
	if err != nil || len(who) == 0 {
		return err
	}
	notices := make([]members.Notice, len(who))
	for i, m := range who {
		notices[i] = members.Notice{Member: m, Task: ChangeTold{Gig: t.ID, Member: m, Cooperative: t.Cooperative}}
	}
	if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), t.Cooperative, notices...); err != nil {
		return err
	}
	return s.movedTx(ctx, tx, members.Moved{Cooperative: t.Cooperative, Members: who})
}

// ChangedGig is a gig as the mail about its change names it.
type ChangedGig struct {
	Title string
	Open  bool // so that the member sees its page
}

// Changed gives what was changed, and who is told. It returns members.ErrNotFound
// when it does not concern the member any more.
func (s *Service) Changed(ctx context.Context, t ChangeTold) (ChangedGig, members.Person, error) {
	return findChanged(ctx, s.db, t, s.now())
}
