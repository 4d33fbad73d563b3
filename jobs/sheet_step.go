package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// StepKind is what was done about hours.
type StepKind string

// The kinds of steps.
const (
	StepProposed StepKind = "proposed"
	StepAgreed   StepKind = "agreed"
	StepDisputed StepKind = "disputed" // a part; the minutes are those beyond doubt
	StepDecided  StepKind = "decided"  // about that part, by a coordinator
	StepSilent   StepKind = "silent"   // agreed by the program, since nobody answered in time
)

// deed is what the log calls it when somebody does it for a member.
func (k StepKind) deed() string {
	switch k {
	case StepAgreed:
		return "helped_agree"
	case StepDisputed:
		return "helped_dispute"
	default:
		return "helped_hours"
	}
}

// Step is one thing that was said about the hours of an engagement.
type Step struct {
	N      int
	What   StepKind
	By     members.RoleKind // empty: the program
	Name   string           // of who said it; empty: the program
	Helper string           // who said it for the member
	Worked time.Duration
	Break  time.Duration
	Reason string
	Gone   bool // a reason was given, and cannot be read any more
	At     time.Time
	sealed []byte
}

// saying is a step that is being made: by whom, what, and why.
type saying struct {
	by     members.Actor // zero: the program
	what   StepKind
	reason string
}

// sayTx adds it to what was said.
func (s *Service) sayTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, said saying) error {
	sealed, err := s.people.SealGivenTx(ctx, tx, w.person, stepColumn(w.ID, w.Sheet.Round), said.reason)
	if err != nil {
		return err
	}
	return insertStep(ctx, tx, c, w, said, sealed, s.now())
}

// stepColumn is what the reason of a step is bound to, beside the member.
func stepColumn(e EngagementID, n int) string { return fmt.Sprintf("sheet_step.reason@%s/%d", e, n) }

// Steps gives what was said about the hours, in order, to both sides and the coordinators. It returns
// members.ErrNotFound to everybody else, and members.ErrNoKey.
func (s *Service) Steps(ctx context.Context, by members.Actor, engagement EngagementID) ([]Step, error) {
	w, err := findSideWork(ctx, s.db, by, engagement)
	if err != nil {
		return nil, err
	}
	return s.steps(ctx, by.Cooperative, w)
}

func (s *Service) steps(ctx context.Context, c id.Cooperative, w Work) ([]Step, error) {
	list, err := listSteps(ctx, s.db, c, w.ID)
	if err != nil {
		return nil, err
	}
	texts := make([]members.SealedText, len(list))
	for i := range list {
		one := &list[i]
		texts[i] = members.SealedText{Person: w.person, Column: stepColumn(w.ID, one.N), Sealed: one.sealed, Into: &one.Reason, Gone: &one.Gone}
	}
	return list, s.people.OpenAll(ctx, s.db, texts)
}
