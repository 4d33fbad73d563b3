package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// FarewellID identifies the last mail to somebody who was erased.
type FarewellID = id.Of[Farewell]

// Farewell is where the last mail goes. It is kept until the mail is out: before
// the erasing commits it must not be sent, and afterwards nothing else knows the
// address any more.
type Farewell struct {
	Email  Email
	Locale Locale
}

// PersonErased is the task that sends the last mail.
type PersonErased struct{ Farewell FarewellID }

// Kind names the task.
func (PersonErased) Kind() string { return "members.person_erased" }

func (s *Service) sayFarewellTx(ctx context.Context, tx pgx.Tx, e Erasing) error {
	farewell := id.New[Farewell](s.random)
	if err := insertFarewell(ctx, tx, farewell, Farewell{e.was.Email, e.was.Locale}, e.at); err != nil {
		return err
	}
	_, err := s.tasks.EnqueueTx(ctx, tx, PersonErased{farewell}, tasks.Opts{Due: e.at})
	return err
}

// Farewell gives where the mail goes. It returns ErrNotFound when it went, or is
// too late.
func (s *Service) Farewell(ctx context.Context, farewell FarewellID) (Farewell, error) {
	return findFarewell(ctx, s.db, farewell)
}

// FarewellSentTx forgets the address.
func (s *Service) FarewellSentTx(ctx context.Context, tx pgx.Tx, farewell FarewellID) error {
	return deleteFarewell(ctx, tx, farewell)
}
