package mail

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/pg/pgtest"
)

func TestMailboxListsNewestFirst(t *testing.T) {
	now := noon()
	box := NewMailbox(pgtest.New(t, Schema()), func() time.Time { return now }, nil)
	for _, key := range []string{"a", "b", "a", "c"} {
		send(t, box, key)
		now = now.Add(-time.Hour) // the order of arrival counts, not the clock
	}
	if diff := cmp.Diff([]string{"c", "b"}, keys(t, box, 2)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"c", "b", "a"}, keys(t, box, 1_000_000)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string(nil), keys(t, box, -1)); diff != "" {
		t.Error(diff)
	}
}

func TestMailboxGet(t *testing.T) {
	box := NewMailbox(pgtest.New(t, Schema()), noon, nil)
	send(t, box, "a")
	send(t, box, "b")
	all, err := box.List(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range all {
		got, err := box.Get(t.Context(), want.ID)
		if err != nil || !got.At.Equal(noon()) {
			t.Errorf("Get = %v, %v", got, err)
		}
		if diff := cmp.Diff(want.Message, got.Message); diff != "" {
			t.Error(diff)
		}
	}
	if _, err := box.Get(t.Context(), id.New[Stored](nil)); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get of another id = %v, want ErrNotFound", err)
	}
}

func TestMailboxKeepsTheNewest(t *testing.T) {
	box := NewMailbox(pgtest.New(t, Schema()), noon, nil)
	const fill = `
		INSERT INTO mail.message (id, key, recipient, subject, text, html, sent_at)
		SELECT gen_random_uuid(), 'old ' || n, 'a@example.org', 'Hoi', 'Hoi', '', now() FROM generate_series(1, $1) AS n`
	if _, err := box.db.Exec(t.Context(), fill, MailboxSize); err != nil {
		t.Fatal(err)
	}
	sent := make(chan struct{})
	err := pgx.BeginFunc(t.Context(), box.db, func(tx pgx.Tx) error {
		first := Stored{Message: Message{Key: "first"}, ID: id.New[Stored](nil), At: noon()}
		err := errors.Join(insertMessage(t.Context(), tx, first), deleteBeyond(t.Context(), tx, MailboxSize))
		go func() { defer close(sent); send(t, box, "second") }()
		waitForWaiter(t, tx)
		return err
	})
	if <-sent; err != nil {
		t.Fatal(err)
	}
	all := keys(t, box, MailboxSize)
	if diff := cmp.Diff([]string{"second", "first", "old 500"}, all[:3]); diff != "" {
		t.Error(diff)
	}
	var n int
	if err := box.db.QueryRow(t.Context(), `SELECT count(*) FROM mail.message`).Scan(&n); err != nil || n != MailboxSize {
		t.Errorf("%d messages, %v; want %d", n, err, MailboxSize)
	}
}

// waitForWaiter returns when another connection waits for what tx holds.
func waitForWaiter(t *testing.T, tx pgx.Tx) {
	const query = `SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))`
	for waits, deadline := false, time.Now().Add(10*time.Second); !waits; {
		err := tx.QueryRow(t.Context(), query).Scan(&waits)
		if err != nil || time.Now().After(deadline) {
			t.Errorf("nobody waits: %v", err)
			return
		}
	}
}

func send(t *testing.T, box *Mailbox, key string) {
	t.Helper()
	if err := box.Send(t.Context(), Message{To: "a@example.org", Subject: "Hoi", Text: "Hoi", Key: key}); err != nil {
		t.Error(err)
	}
}

func keys(t *testing.T, box *Mailbox, limit int) (all []string) {
	t.Helper()
	stored, err := box.List(t.Context(), limit)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stored {
		all = append(all, s.Key)
	}
	return all
}
