package members

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/vault"
)

// Confided names a thing that is kept sealed. Nothing of it enters matching.
type Confided string

// What can be confided: of a person, and of a member in one cooperative.
const (
	Phone     Confided = "phone"
	BirthDate Confided = "birth_date"
	Address   Confided = "address"
	LearnText Confided = "learn"
	CoachNote Confided = "coach_note"
)

// column is what the sealed text is bound to, beside the person.
func (c Confided) column(in id.Cooperative) string { return "sealed." + string(c) + "@" + in.String() }

// SealTx seals a text with the person's own key, which is made the first time.
// What it gives opens for this person and this column alone. It returns
// ErrNoKey when the program has no key of its own.
func (s *Service) SealTx(ctx context.Context, tx pgx.Tx, person PersonID, column, plain string) ([]byte, error) {
	key, err := s.sealingKeyTx(ctx, tx, person)
	if err != nil {
		return nil, err
	}
	return key.Seal([]byte(plain), person.String(), column), nil
}

// MarkTx gives what is always the same for a text of this person and column, and
// tells nothing to who lacks the person's key: by it a sealed text is found again.
// Errors are those of SealTx.
func (s *Service) MarkTx(ctx context.Context, tx pgx.Tx, person PersonID, column, plain string) ([]byte, error) {
	key, err := s.sealingKeyTx(ctx, tx, person)
	if err != nil {
		return nil, err
	}
	return key.Mark(plain, person.String(), column), nil
}

// SealGivenTx is SealTx for a text that may be left out: it seals none for an
// empty one.
func (s *Service) SealGivenTx(ctx context.Context, tx pgx.Tx, person PersonID, column, plain string) ([]byte, error) {
	if plain == "" {
		return nil, nil
	}
	return s.SealTx(ctx, tx, person, column, plain)
}

// OpenTx gives back what SealTx sealed. Who may read it is for the caller to
// know. It returns ErrUnreadable for what was changed or moved, or when the
// person's key is gone, and ErrNoKey when the program lacks the key above it.
func (s *Service) OpenTx(ctx context.Context, tx pgx.Tx, person PersonID, column string, sealed []byte) (string, error) {
	key, err := s.personKeyTx(ctx, tx, person)
	if err != nil {
		return "", err
	}
	plain, err := key.Open(sealed, person.String(), column)
	if err != nil {
		return "", ErrUnreadable
	}
	return string(plain), nil
}

// DestroyKeyTx makes everything that was sealed for the person unreadable for
// good, in copies that hold no key of theirs too, and forgets what they confided
// here, and the number by which they were found. A copy of the whole database
// holds the key as it was: those go by their own clock. The key goes first, as who seals takes it
// first. Call it before AuditTx.
func (s *Service) DestroyKeyTx(ctx context.Context, tx pgx.Tx, person PersonID) error {
	if err := deletePersonKey(ctx, tx, person); err != nil {
		return err
	}
	if err := deletePhones(ctx, tx, person); err != nil {
		return err
	}
	return deleteAllSealed(ctx, tx, person)
}

// ConfideTx keeps a text of the person sealed; an empty one is forgotten. in is
// zero for what is the person's in every cooperative.
func (s *Service) ConfideTx(ctx context.Context, tx pgx.Tx, person PersonID, in id.Cooperative, what Confided, plain string) error {
	if plain == "" {
		return deleteSealed(ctx, tx, person, in, what)
	}
	sealed, err := s.SealTx(ctx, tx, person, what.column(in), plain)
	if err != nil {
		return err
	}
	return upsertSealed(ctx, tx, person, in, what, sealed)
}

// ConfidedTx gives what the person confided, and nothing for what they did not.
// Only the person themselves and those whom they let read it may be shown it.
func (s *Service) ConfidedTx(ctx context.Context, tx pgx.Tx, person PersonID, in id.Cooperative, what Confided) (string, error) {
	sealed, err := findSealed(ctx, tx, person, in, what)
	if err != nil || sealed == nil {
		return "", err
	}
	return s.OpenTx(ctx, tx, person, what.column(in), sealed)
}

// personKeyTx opens the person's key, which stays until the transaction ends.
func (s *Service) personKeyTx(ctx context.Context, tx pgx.Tx, person PersonID) (vault.Key, error) {
	if len(s.ring) == 0 {
		return vault.Key{}, ErrNoKey
	}
	row, err := lockPersonKey(ctx, tx, person)
	if err != nil {
		return vault.Key{}, err
	}
	return s.openKey(row)
}

// sealingKeyTx opens the person's key, which is made the first time.
func (s *Service) sealingKeyTx(ctx context.Context, tx pgx.Tx, person PersonID) (vault.Key, error) {
	key, err := s.personKeyTx(ctx, tx, person)
	if errors.Is(err, ErrUnreadable) {
		return s.makeKeyTx(ctx, tx, person)
	}
	return key, err
}

// makeKeyTx draws a key for a person who has none; of two at once one wins.
func (s *Service) makeKeyTx(ctx context.Context, tx pgx.Tx, person PersonID) (vault.Key, error) {
	row := s.wrap(person, vault.NewSecret())
	if err := insertPersonKey(ctx, tx, row, s.now()); err != nil {
		return vault.Key{}, err
	}
	return s.personKeyTx(ctx, tx, person)
}

// personKey is a person's key as the database has it.
type personKey struct {
	person  PersonID
	keyID   string
	wrapped []byte
}

// wrap seals a person's secret with the first key.
func (s *Service) wrap(person PersonID, secret []byte) personKey {
	first := s.ring[0]
	return personKey{person: person, keyID: first.ID(), wrapped: first.Seal(secret, "person_key", person.String())}
}

// unwrap opens it with whichever key sealed it.
func (s *Service) unwrap(row personKey) ([]byte, error) {
	for _, key := range s.ring {
		if key.ID() != row.keyID {
			continue
		}
		secret, err := key.Open(row.wrapped, "person_key", row.person.String())
		if err != nil {
			return nil, ErrUnreadable
		}
		return secret, nil
	}
	return nil, ErrNoKey
}
