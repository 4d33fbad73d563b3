package mail

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
	var senders sync.WaitGroup
	for sender := range 4 {
		senders.Go(func() {
			for i := range MailboxSize/4 + 5 {
				send(t, box, fmt.Sprint(sender, " ", i))
			}
		})
	}
	senders.Wait()
	send(t, box, "last")
	var n int
	if err := box.db.QueryRow(t.Context(), `SELECT count(*) FROM mail.message`).Scan(&n); err != nil || n != MailboxSize {
		t.Errorf("%d messages, %v; want %d", n, err, MailboxSize)
	}
	if diff := cmp.Diff([]string{"last"}, keys(t, box, 1)); diff != "" {
		t.Error(diff)
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
