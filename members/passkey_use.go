package members

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// AddPasskey keeps the passkey that the person's browser made for OfferPasskey,
// and tells them. first is for who is halfway in: it refuses when there is a
// second factor already. It returns check.Problems at "name", ErrPasskey,
// ErrManyPasskeys and ErrHasFactor.
func (s *Service) AddPasskey(ctx context.Context, by Actor, browser, made, name string, first bool) error {
	name = strings.TrimSpace(name)
	if err := checkPasskeyName(name); err != nil {
		return err
	}
	key, err := s.newCredential(ctx, by.Person, browser, made)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.addPasskeyTx(ctx, tx, by, key, name, first) })
}

func (s *Service) newCredential(ctx context.Context, person PersonID, browser, made string) (*webauthn.Credential, error) {
	if s.keys == nil {
		return nil, ErrPasskey
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(made))
	if err != nil {
		return nil, ErrPasskey
	}
	data, err := s.takeChallenge(ctx, parsed.Response.CollectedClientData.Challenge, person, browser)
	if err != nil {
		return nil, err
	}
	key, err := s.keys.CreateCredential(keyHolder{person: Person{ID: person}}, data, parsed)
	if err != nil {
		return nil, ErrPasskey
	}
	return key, nil
}

func (s *Service) addPasskeyTx(ctx context.Context, tx pgx.Tx, by Actor, key *webauthn.Credential, name string, first bool) error {
	has, err := lockFactors(ctx, tx, by.Person)
	if err != nil {
		return err
	}
	if first && has.Any() {
		return ErrHasFactor
	}
	if has.Passkeys >= MostPasskeys {
		return ErrManyPasskeys
	}
	if err := insertPasskey(ctx, tx, id.New[Passkey](s.random), by.Person, name, key, s.now()); err != nil {
		return err
	}
	if err := s.changedTx(ctx, tx, by.Person, PasskeyAdded); err != nil {
		return err
	}
	return s.auditSelfTx(ctx, tx, by, "passkey_added")
}

// UsePasskey tells whose passkey signed the challenge of AskPasskey in this
// browser. It returns ErrPasskey for every reason there is.
func (s *Service) UsePasskey(ctx context.Context, browser, signed string) (PersonID, error) {
	if s.keys == nil {
		return PersonID{}, ErrPasskey
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(signed))
	if err != nil {
		return PersonID{}, ErrPasskey
	}
	data, err := s.takeChallenge(ctx, parsed.Response.CollectedClientData.Challenge, PersonID{}, browser)
	if err != nil {
		return PersonID{}, err
	}
	var person PersonID
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		person, err = s.usePasskeyTx(ctx, tx, data, parsed)
		return err
	})
	return person, err
}

// usePasskeyTx holds the key's row, so that a counter that goes back is seen
// however many ask at the same time.
func (s *Service) usePasskeyTx(ctx context.Context, tx pgx.Tx, data webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (PersonID, error) {
	person, key, err := lockCredential(ctx, tx, parsed.RawID)
	if errors.Is(err, ErrNotFound) {
		return PersonID{}, ErrPasskey
	}
	if err != nil {
		return PersonID{}, err
	}
	holder := func(_, handle []byte) (webauthn.User, error) {
		if !bytes.Equal(handle, person[:]) {
			return nil, fmt.Errorf("not their key: %w", ErrPasskey)
		}
		return keyHolder{Person{ID: person}, []webauthn.Credential{key}}, nil
	}
	used, err := s.keys.ValidateDiscoverableLogin(holder, data, parsed)
	if err != nil || used.Authenticator.CloneWarning {
		return PersonID{}, ErrPasskey
	}
	return person, updatePasskeyUsed(ctx, tx, used, DayOf(s.now()))
}
