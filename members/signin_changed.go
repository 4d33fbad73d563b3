package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
)

// Change is something about how a person signs in of which they are told.
type Change string

// The changes.
const (
	PasskeyAdded   Change = "passkey_added"
	PasskeyRemoved Change = "passkey_removed"
	AppAdded       Change = "app_added"
	AppRemoved     Change = "app_removed"
	RecoveryUsed   Change = "recovery_used"
	FactorsReset   Change = "factors_reset"
	ManyGuesses    Change = "many_guesses"
	CardUsed       Change = "card_used"
	PhoneAdded     Change = "phone_added"
	PhoneRemoved   Change = "phone_removed"
)

// WayInDeeds names the deeds in the log that are about how somebody signs in.
func WayInDeeds() []string {
	return []string{"email_changed", "passkey_added", "passkey_removed", "app_added", "app_removed", "factors_reset", "card_printed", "card_used", "phone_added", "phone_removed"}
}

// SignInChanged is the task that tells a person by mail.
type SignInChanged struct {
	Person PersonID
	What   Change
}

// Kind names the task.
func (SignInChanged) Kind() string { return "members.sign_in_changed" }

func (s *Service) changedTx(ctx context.Context, tx pgx.Tx, person PersonID, what Change) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, SignInChanged{Person: person, What: what}, tasks.Opts{Lane: tasks.Hi, Due: s.now()})
	return err
}

// Addressee gives a person with their address, for mail to themselves. It
// returns ErrNotFound when the person is gone.
func (s *Service) Addressee(ctx context.Context, person PersonID) (Person, error) {
	return findPerson(ctx, s.db, person)
}
