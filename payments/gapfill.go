package payments

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
)

// FillGaps is the task that asks the gateway for events which never came.
type FillGaps struct {
	Restored bool // the database may have forgotten those that did: ask for all that are kept

	// Of one that goes on where another ended.
	Adopting adopting
	Began    time.Time // when reading did; zero: not yet
	Event    string    // of the shared account, at which that was; "": all were read
}

// Kind names the task.
func (FillGaps) Kind() string { return "payments.fill_gaps" }

// turn is the cursor of the accounts that had their turn. A task that asks for all has one
// of its own: of whom another asked meanwhile what is new, it did not ask for all yet.
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

// FillGaps puts into the inbox what is missing there, as Receive does: of the shared
// account, and of each member's account on which something is under way. Of a database
// that was put back it first adopts what it can. It does one stint of this; the rest, and
// accounts without an answer, are left to another such task. Its handler shape is that of
// tasks.Handle.
func (s *Service) FillGaps(ctx context.Context, key string, t FillGaps) (func(context.Context, pgx.Tx) error, error) {
	if s.gateway == nil {
		return nil, tasks.GiveUp(ErrNoGateway)
	}
	st := stintOf(ctx)
	rest := func(ctx context.Context, tx pgx.Tx) error { return s.letRestTx(ctx, tx, key, t) }
	var unadopted, err error
	first := t.Began.IsZero()
	if first && t.Restored { // what an event is about is known before it is followed
		if unadopted, err = s.adoptAll(ctx, &t.Adopting, st); err != nil {
			return nil, errors.Join(unadopted, err)
		}
		if !t.Adopting.Due.IsZero() {
			return rest, nil
		}
	}
	if first {
		t.Began = s.now()
	}
	if all, err := s.fillSome(ctx, &t, first || t.Event != "", st); all || err != nil {
		return nil, errors.Join(unadopted, err)
	}
	return s.despite(ctx, unadopted, rest)
}

// fillSome reads of the shared account first, then of members' accounts, and reports
// whether all were read.
func (s *Service) fillSome(ctx context.Context, t *FillGaps, shared bool, st stint) (all bool, err error) {
	if shared {
		if t.Event, err = s.fillSharedGap(ctx, *t, st); err != nil || t.Event != "" {
			return false, err
		}
	}
	all, err = s.fillMembersGaps(ctx, *t, st)
	if shared && err != nil { // a second try would read the shared account again: another task asks those that failed
		return false, nil
	}
	return all, err
}

// fillSharedGap reads events of the shared account, the newest first, and says at which it
// was when its stint was over; "": all were read.
func (s *Service) fillSharedGap(ctx context.Context, t FillGaps, st stint) (event string, err error) {
	since, err := s.unreadSince(ctx, "", t)
	if err != nil {
		return "", err
	}
	event = t.Event
	for more := true; more; {
		event, more, err = s.readEvents(ctx, "", since, event)
		if t.Event != "" && errors.Is(err, ErrUnknownThere) { // it is not kept any more
			t.Event, event, more, err = "", "", true, nil
		}
		if err != nil {
			return "", err
		}
		if more && st.over() {
			return event, nil
		}
	}
	return "", s.keepTurn(ctx, "", t)
}

// fillMembersGaps reads the events of members' accounts that were not read since it began,
// and reports whether all were. One that cannot be asked keeps nobody else waiting: each
// task reads those of one at least, whoever hangs before it.
func (s *Service) fillMembersGaps(ctx context.Context, t FillGaps, st stint) (all bool, err error) {
	back := doubtful
	if t.Restored {
		back = eventsKept
	}
	accounts, err := listOpenAccounts(ctx, s.db, s.now().Add(-back), t)
	if err != nil {
		return false, err
	}
	var failed error
	read := 0
	for _, account := range accounts {
		if read > 0 && st.over() { // another goes on, and asks those that failed as well
			return false, nil
		}
		if err := s.fillMembersGap(ctx, account, t); err != nil {
			failed = err
			continue
		}
		read++
	}
	return failed == nil, failed
}

// fillMembersGap reads one account's events since it was last read. One that is gone has
// none.
func (s *Service) fillMembersGap(ctx context.Context, account string, t FillGaps) error {
	since, err := s.unreadSince(ctx, account, t)
	event := ""
	for more := true; more && err == nil; {
		event, more, err = s.readEvents(ctx, account, since, event)
	}
	if err != nil && !s.isGone(ctx, account, err) {
		return err
	}
	return s.keepTurn(ctx, account, t)
}

// unreadSince is from when events are asked for.
func (s *Service) unreadSince(ctx context.Context, account string, t FillGaps) (time.Time, error) {
	since, err := findCursor(ctx, s.db, "events", account)
	if err != nil {
		return since, err
	}
	if oldest := s.now().Add(-eventsKept); t.Restored || since.Before(oldest) {
		return oldest, nil
	}
	return since.Add(-overlap), nil
}

// readEvents keeps those of a page, and says which is the last of it.
func (s *Service) readEvents(ctx context.Context, account string, since time.Time, after string) (last string, more bool, err error) {
	page, more, err := s.gateway.Events(ctx, account, since, after)
	if err != nil || len(page) == 0 {
		return after, false, err
	}
	return page[len(page)-1].ID, more, s.keepEvents(ctx, page)
}

// keepTurn notes until when an account was read: when the first of these tasks began,
// since clocks differ, and more happens while they go on. The shared account has no turn:
// its "whole" is when Reconcile compared all.
func (s *Service) keepTurn(ctx context.Context, account string, t FillGaps) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := keepCursor(ctx, tx, "events", account, t.Began); err != nil || account == "" {
			return err
		}
		return keepCursor(ctx, tx, t.turn(), account, t.Began)
	})
}

// keepEvents stores what is new, the oldest first, and lets it be followed up.
func (s *Service) keepEvents(ctx context.Context, page []Event) error {
	var shared, theirs []Event
	for _, e := range slices.Backward(page) {
		switch {
		case !Wanted(e.Kind):
		case e.Account == "":
			shared = append(shared, e)
		default:
			theirs = append(theirs, e)
		}
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := s.keepEventsTx(ctx, tx, PlatformEndpoint, shared, tasks.Low); err != nil {
			return err
		}
		return s.keepEventsTx(ctx, tx, ConnectEndpoint, theirs, tasks.Low)
	})
}
