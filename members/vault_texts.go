package members

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/vault"
)

// SealedText is a text as its row keeps it, and where it goes once it is open.
type SealedText struct {
	Person PersonID // whose key sealed it
	Column string   // as SealTx was told
	Sealed []byte   // none: there is no text
	Into   *string  // gets the text, and stays empty for what cannot be read any more
	Gone   *bool    // becomes true then; several texts may share one
}

// Querier is a pool or a transaction.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// OpenAll opens the texts of many rows and people with one query, and without
// any when there is no text. It locks nothing. What cannot be read any more,
// because the person's key was destroyed, is marked and is no error. Who may read
// the texts is for the caller to know. It returns ErrNoKey when the program lacks
// the key above those of the people.
func (s *Service) OpenAll(ctx context.Context, db Querier, texts []SealedText) error {
	people := peopleOf(texts)
	if len(people) == 0 {
		return nil
	}
	if len(s.ring) == 0 {
		return ErrNoKey
	}
	rows, err := listPersonKeys(ctx, db, people)
	if err != nil {
		return err
	}
	keys, err := s.openKeys(rows)
	if err != nil {
		return err
	}
	for _, t := range texts {
		t.openWith(keys)
	}
	return nil
}

// peopleOf lists whose keys are needed, each once.
func peopleOf(texts []SealedText) (people []PersonID) {
	seen := map[PersonID]bool{}
	for _, t := range texts {
		if len(t.Sealed) > 0 && !seen[t.Person] {
			seen[t.Person] = true
			people = append(people, t.Person)
		}
	}
	return people
}

// openKeys leaves out a key that was changed: nothing opens with it.
func (s *Service) openKeys(rows []personKey) (map[PersonID]vault.Key, error) {
	keys := make(map[PersonID]vault.Key, len(rows))
	for _, row := range rows {
		key, err := s.openKey(row)
		if errors.Is(err, ErrUnreadable) {
			continue
		}
		if err != nil {
			return nil, err
		}
		keys[row.person] = key
	}
	return keys, nil
}

func (s *Service) openKey(row personKey) (vault.Key, error) {
	secret, err := s.unwrap(row)
	if err != nil {
		return vault.Key{}, err
	}
	return vault.NewKey(secret)
}

// openWith writes the text, or that it is gone.
func (t SealedText) openWith(keys map[PersonID]vault.Key) {
	if len(t.Sealed) == 0 {
		return
	}
	key, ok := keys[t.Person]
	if ok {
		plain, err := key.Open(t.Sealed, t.Person.String(), t.Column)
		if ok = err == nil; ok {
			*t.Into = string(plain)
		}
	}
	*t.Gone = *t.Gone || !ok
}
