package coaching

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// MoveWorkStep puts a member on a step of the ladder of work, higher or lower, by
// the coach who follows them with a grant for the progress. Why may be empty; the
// member reads it. The same step again changes nothing. It returns check.Problems
// at "step" and "why", members.ErrNoKey for a reason, members.ErrNotGranted, and
// members.ErrNotFound to everybody else, the member too.
func (s *Service) MoveWorkStep(ctx context.Context, by members.Actor, m members.MemberID, to WorkStep, why string) error {
	why = strings.TrimSpace(why)
	var p check.Problems
	check.OneOf(&p, "step", to, WorkSteps()...)
	p.Paragraphs("why", why, 0, MostStepWhy)
	if err := p.Err(); err != nil {
		return err
	}
	if by.Kind != members.RoleCoach {
		return members.ErrNotFound
	}
	return s.onProgress(ctx, by, m, func(tx pgx.Tx, who subject) error {
		moves, err := listWorkSteps(ctx, tx, by.Cooperative, m, 1)
		if err != nil || len(moves) > 0 && moves[0].Step == to {
			return err
		}
		move, was, now := id.New[WorkStepMove](s.random), WorkStep(""), s.now()
		if len(moves) > 0 {
			was = moves[0].Step
			now = later(now, moves[0].At)
		}
		sealed, err := s.people.SealGivenTx(ctx, tx, who.Person, stepWhyColumn(move), why)
		if err != nil {
			return err
		}
		if err := insertWorkStep(ctx, tx, by, m, WorkStepMove{ID: move, Step: to, Was: was, At: now, sealed: sealed}); err != nil {
			return err
		}
		told := members.Notice{Member: m, Task: WorkStepTold{Move: move, Cooperative: by.Cooperative}}
		if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative, told); err != nil {
			return err
		}
		return s.noteProgressTx(ctx, tx, by, who, "work_step_moved", "work_step:"+move.String())
	})
}

// later is now, or just after the move before: the order of the moves is that of
// their times, and a clock may stand still.
func later(now, before time.Time) time.Time {
	if first := before.Add(time.Microsecond); now.Before(first) {
		return first
	}
	return now
}

// WorkStepTold is the task that tells a member on which step they are now.
type WorkStepTold struct {
	Move        WorkStepID
	Cooperative id.Cooperative
}

// Kind names the task.
func (WorkStepTold) Kind() string { return "coaching.work_step_told" }

// WorkStepOf is the member whose move it is, and the step, for who tells them. It
// returns members.ErrNotFound.
func (s *Service) WorkStepOf(ctx context.Context, c id.Cooperative, move WorkStepID) (members.Person, WorkStep, error) {
	return findWorkStepOwner(ctx, s.db, c, move)
}

// readWorkStepsTx reads the ladder of work, the newest move first.
func (s *Service) readWorkStepsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, person members.PersonID) ([]WorkStepMove, error) {
	moves, err := listWorkSteps(ctx, tx, c, m, mostMoves)
	if err != nil {
		return nil, err
	}
	var texts []members.SealedText
	for i := range moves {
		w := &moves[i]
		texts = append(texts, members.SealedText{Person: person, Column: stepWhyColumn(w.ID), Sealed: w.sealed, Into: &w.Why, Gone: &w.Gone})
	}
	return moves, s.people.OpenAll(ctx, tx, texts)
}
