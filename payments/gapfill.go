package payments

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
)

// FillGaps is the task that asks the gateway for events which never came.
type FillGaps struct {
	Restored bool      // the database may have forgotten those that did: ask for all that are kept
	Began    time.Time // of one that goes on where another ended: when the first of them did
}

// Kind names the task.
func (FillGaps) Kind() string { return "payments.fill_gaps" }

// turn is the cursor by which it knows whom it asked already: who asks for all skips nobody
// of whom another asks meanwhile what is new.
func (t FillGaps) turn() string {
	if t.Restored {
		return "whole"
	}
	return "events"
}

const (
	eventsKept = 30 * 24 * time.Hour // by the gateway
	overlap    = time.Hour           // an event may be listed after a newer one
)

// followed are the beginnings of the kinds of event that an endpoint is set up
// for; the others say nothing that is asked after.
var followed = []string{"checkout.session.", "payout.", "charge.refund", "refund.", "charge.dispute.", "account.", "capability."}

// Wanted reports whether events of this kind are followed.
func Wanted(kind string) bool {
	for _, begin := range followed {
		if strings.HasPrefix(kind, begin) {
			return true
		}
	}
	return false
}

// FillGaps puts into the inbox what is missing there, as Receive does: of the
// cooperatives' own account, and of each member's account on which something is
// under way. Of a database that was put back it first adopts what it can. Accounts for
// which there is no time, or no answer, are asked by another such task. Its handler shape
// is that of tasks.Handle.
func (s *Service) FillGaps(ctx context.Context, _ string, t FillGaps) (func(context.Context, pgx.Tx) error, error) {
	if s.gateway == nil {
		return nil, tasks.GiveUp(ErrNoGateway)
	}
	var unadopted error
	first := t.Began.IsZero()
	if first {
		t.Began = s.now()
		if t.Restored { // what an event is about is known before it is followed
			unadopted = s.adoptAll(ctx)
		}
		if err := s.fillGap(ctx, "", t); err != nil {
			return nil, errors.Join(unadopted, err)
		}
	}
	over, err := s.fillGaps(ctx, t)
	if over || err != nil && !first { // another asks only those again that could not be asked
		return nil, errors.Join(unadopted, err)
	}
	rest := func(ctx context.Context, tx pgx.Tx) error {
		_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Lane: tasks.Low})
		return err
	}
	if unadopted != nil { // the rest is asked all the same, and the task says what it could not find
		return nil, errors.Join(unadopted, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return rest(ctx, tx) }))
	}
	return rest, nil
}

// fillGaps reads the events of members' accounts that were not read since it began, and
// reports whether all were. One that cannot be asked keeps nobody else waiting.
func (s *Service) fillGaps(ctx context.Context, t FillGaps) (over bool, err error) {
	back := doubtful
	if t.Restored {
		back = eventsKept
	}
	accounts, err := listOpenAccounts(ctx, s.db, s.now().Add(-back), t)
	if err != nil {
		return false, err
	}
	short, end := aWhile(ctx)
	defer end()
	var failed error
	read := 0
	for i, account := range accounts {
		if i > 0 && short.Err() != nil {
			if read > 0 { // another goes on, and asks those that failed as well
				failed = nil
			}
			return false, failed
		}
		if err := s.fillMembersGap(ctx, account, t); err != nil {
			failed = err
			continue
		}
		read++
	}
	return failed == nil, failed
}

// fillMembersGap is fillGap of an account that may be gone: that one has no events.
func (s *Service) fillMembersGap(ctx context.Context, account string, t FillGaps) error {
	err := s.fillGap(ctx, account, t)
	if err == nil || !s.isGone(ctx, account, err) {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return keepCursor(ctx, tx, t.turn(), account, later(s.now(), t.Began)) })
}

// fillGap reads one account's events since it was last read.
func (s *Service) fillGap(ctx context.Context, account string, t FillGaps) error {
	now := later(s.now(), t.Began) // clocks differ, and all is read once
	since, err := findCursor(ctx, s.db, "events", account)
	if err != nil {
		return err
	}
	if oldest := now.Add(-eventsKept); t.Restored || since.Before(oldest) {
		since = oldest
	} else {
		since = since.Add(-overlap)
	}
	for after, more := "", true; more; {
		var page []Event
		if page, more, err = s.gateway.Events(ctx, account, since, after); err != nil {
			return err
		}
		if len(page) == 0 {
			break
		}
		after = page[len(page)-1].ID
		if err := s.keepEvents(ctx, page); err != nil {
			return err
		}
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := keepCursor(ctx, tx, "events", account, now); err != nil || account == "" {
			return err
		}
		return keepCursor(ctx, tx, t.turn(), account, now)
	})
}

// keepEvents stores what is new, the oldest first, and lets it be followed up.
func (s *Service) keepEvents(ctx context.Context, page []Event) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		for i := len(page) - 1; i >= 0; i-- {
			if !Wanted(page[i].Kind) {
				continue
			}
			from := PlatformEndpoint
			if page[i].Account != "" {
				from = ConnectEndpoint
			}
			isNew, err := insertEvent(ctx, tx, page[i], from, s.now())
			if err == nil && isNew {
				_, err = s.tasks.EnqueueTx(ctx, tx, EventReceived{ID: page[i].ID}, tasks.Opts{Lane: tasks.Low})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
