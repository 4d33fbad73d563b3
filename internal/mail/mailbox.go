package mail

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/retention"
)

// MailboxSize is how many messages a mailbox keeps: the newest.
const MailboxSize = retention.MailboxNewest

// StoredID identifies a message in the mailbox.
type StoredID = id.Of[Stored]

// Stored is a message in the mailbox. A text message is one without a subject,
// to a number.
type Stored struct {
	Message
	ID  StoredID
	At  time.Time
	SMS bool
}

// Mailbox keeps messages in the database instead of sending them.
type Mailbox struct {
	db     *pgxpool.Pool
	now    func() time.Time
	random io.Reader
}

// NewMailbox opens the mailbox in a database that has this package's Schema.
// random gives the ids; nil means the system's secure source.
func NewMailbox(db *pgxpool.Pool, now func() time.Time, random io.Reader) *Mailbox {
	return &Mailbox{db: db, now: now, random: random}
}

// Send stores the message, unless one with its key is there. It returns Invalid.
func (b *Mailbox) Send(ctx context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	return b.keep(ctx, Stored{Message: m})
}

// SendText stores a text message, unless one with its key is there. It returns
// Invalid.
func (b *Mailbox) SendText(ctx context.Context, t Text) error {
	if err := t.check(); err != nil {
		return err
	}
	return b.keep(ctx, Stored{Message: Message{To: t.To, Text: t.Text, Key: t.Key}, SMS: true})
}

func (b *Mailbox) keep(ctx context.Context, s Stored) error {
	s.ID, s.At = id.New[Stored](b.random), b.now()
	return pgx.BeginFunc(ctx, b.db, func(tx pgx.Tx) error {
		if err := insertMessage(ctx, tx, s); err != nil {
			return err
		}
		return deleteBeyond(ctx, tx, MailboxSize)
	})
}

// List gives the newest messages, at most limit.
func (b *Mailbox) List(ctx context.Context, limit int) ([]Stored, error) {
	return selectMessages(ctx, b.db, min(max(limit, 0), MailboxSize))
}

// Get returns ErrNotFound when the message is not, or no longer, there.
func (b *Mailbox) Get(ctx context.Context, message StoredID) (Stored, error) {
	found, err := selectMessage(ctx, b.db, message)
	if errors.Is(err, pgx.ErrNoRows) {
		return Stored{}, ErrNotFound
	}
	return found, err
}
