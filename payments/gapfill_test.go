package payments_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"meent/payments"
)

// listened is the gateway, and since when each account's events were asked for. Those of
// one account it cannot tell.
type listened struct {
	payments.Gateway
	since map[string]time.Time
	mute  string
	hangs []time.Duration // before it says so, each time
}

var errMute = errors.New("no answer")

func (l *listened) Events(ctx context.Context, account string, since time.Time, after string) ([]payments.Event, bool, error) {
	if l.since[account] = since; account == l.mute && account != "" {
		if len(l.hangs) > 0 {
			time.Sleep(l.hangs[0])
			l.hangs = l.hangs[1:]
		}
		return nil, false, errMute
	}
	return l.Gateway.Events(ctx, account, since, after)
}

// TestGapsOfARestoredDatabaseBesideOthers: who asks for all that is kept skips nobody of
// whom another task asked meanwhile what is new, and asks nobody twice.
func TestGapsOfARestoredDatabaseBesideOthers(t *testing.T) {
	h := newHouse(t, nil)
	h.paidFor("work-1")
	ears := &listened{Gateway: h.gateway}
	service := payments.New(h.db, h.queue, h.people, ears, h.now, nil)
	fill := func(task payments.FillGaps) map[string]time.Time {
		t.Helper()
		ears.since = map[string]time.Time{}
		_, err := service.FillGaps(t.Context(), "", task)
		h.must(err)
		return ears.since
	}
	account := h.account()
	fill(payments.FillGaps{})
	h.pass(time.Hour)
	rest := payments.FillGaps{Restored: true, Began: h.now()} // its first part had no time for this one
	h.pass(time.Minute)
	if since := fill(payments.FillGaps{})[account]; since.Before(h.now().Add(-3 * time.Hour)) {
		t.Errorf("the other asked for all since %v", since)
	}
	if since := fill(rest)[account]; !since.Equal(h.now().Add(-30 * 24 * time.Hour)) {
		t.Errorf("who asks for all asked since %v", since)
	}
	if again := fill(rest); len(again) > 0 {
		t.Errorf("asked twice: %v", again)
	}
}

// TestGapsBesideAnAccountWithoutAnswer: one of which the gateway cannot tell is asked again
// alone, and keeps nobody else's events from being read.
func TestGapsBesideAnAccountWithoutAnswer(t *testing.T) {
	h := newHouse(t, nil)
	h.underWay(3)
	ears := &listened{Gateway: h.gateway, since: map[string]time.Time{}, mute: h.account()}
	service := payments.New(h.db, h.queue, h.people, ears, h.now, nil)
	next := payments.FillGaps{}
	finish, err := service.FillGaps(t.Context(), "", next)
	if err != nil || finish == nil || len(ears.since) != 5 { // with the shared one, and that of the member who was paid
		t.Fatalf("%d were asked: %v", len(ears.since), err)
	}
	h.next(finish, &next)
	clear(ears.since)
	if _, err := service.FillGaps(t.Context(), "", next); !errors.Is(err, errMute) || len(ears.since) != 1 {
		t.Errorf("%d were asked again: %v", len(ears.since), err)
	}
	ears.mute = ""
	if finish, err := service.FillGaps(t.Context(), "", next); finish != nil || err != nil {
		t.Errorf("it does not end: %v", err)
	}
}

// TestGapsBehindAnAccountThatHangs: who comes after it is asked all the same.
func TestGapsBehindAnAccountThatHangs(t *testing.T) {
	h := newHouse(t, nil)
	h.underWay(3)
	h.sql(`INSERT INTO payments.cursor (what, account, upto) SELECT 'events', account, $1 FROM payments.payee WHERE account <> $2`, h.now().Add(-time.Hour), h.account())
	ears := &listened{Gateway: h.gateway, since: map[string]time.Time{}, mute: h.account(), hangs: []time.Duration{1100 * time.Millisecond, 1100 * time.Millisecond}}
	service := payments.New(h.db, h.queue, h.people, ears, h.now, nil)
	next := payments.FillGaps{}
	for range 2 {
		short, end := context.WithTimeout(t.Context(), 2*time.Second) // half of it is over before that says so
		finish, err := service.FillGaps(short, "", next)
		end()
		if err != nil {
			break
		}
		h.next(finish, &next)
	}
	if len(ears.since) < 4 { // the shared one, that one, and another each time
		t.Errorf("%d were asked", len(ears.since))
	}
}

// TestGapsFromAnEventThatIsGone: who was to go on at one that the gateway does not keep any
// more begins anew, and all are read.
func TestGapsFromAnEventThatIsGone(t *testing.T) {
	h := newHouse(t, nil)
	h.paidFor("work-1")
	want := h.eventsThere()
	h.sql(`DELETE FROM payments.event`)
	if finish, err := h.FillGaps(t.Context(), "", payments.FillGaps{Began: h.now(), Event: "evt_gone"}); finish != nil || err != nil {
		t.Fatalf("it does not end: %v", err)
	}
	if got := h.eventsKept(); len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("%q were kept, of %q", got, want)
	}
}

// blind is a gateway that cannot tell whether a transfer was made, nor of events of a
// member's account.
type blind struct{ payments.Gateway }

func (blind) FindTransfer(context.Context, string, payments.Reference) (string, bool, error) {
	return "", false, errMute
}

func (b blind) Events(ctx context.Context, account string, since time.Time, after string) ([]payments.Event, bool, error) {
	if account != "" {
		return nil, false, errMute
	}
	return b.Gateway.Events(ctx, account, since, after)
}

// TestGapsGoOnOnce: a task that is tried again, because not all could be adopted, lets the
// rest be asked once.
func TestGapsGoOnOnce(t *testing.T) {
	h := newHouse(t, nil)
	h.forgetsAWage()
	service := payments.New(h.db, h.queue, h.people, blind{h.gateway}, h.now, nil)
	rests := func() (n int) {
		t.Helper()
		h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM tasks.task WHERE kind = 'payments.fill_gaps' AND key LIKE 'rest:%'`).Scan(&n))
		return n
	}
	for range 3 {
		if finish, err := service.FillGaps(t.Context(), "one task", payments.FillGaps{Restored: true}); finish != nil || !errors.Is(err, errMute) || rests() != 1 {
			t.Fatalf("%v, and %d go on", err, rests())
		}
	}
}
