package members

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/jackc/pgx/v5"
)

// challenge is what a browser was asked to sign. With a person it adds a
// passkey, without one it signs in.
type challenge struct {
	Person  PersonID
	Browser []byte // hash of the asking browser's secret
	Data    webauthn.SessionData
	Expires time.Time
}

// AskPasskey begins a sign-in by passkey in this browser. Whoever has one is
// found by it: nothing here depends on who asks. It returns ErrPasskey where
// there are no passkeys.
func (s *Service) AskPasskey(ctx context.Context, browser string) (*protocol.CredentialAssertion, error) {
	if s.keys == nil {
		return nil, ErrPasskey
	}
	options, data, err := s.keys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, err
	}
	return options, s.keepChallenge(ctx, challenge{Browser: secretHash(browser), Data: *data})
}

// OfferPasskey begins adding a passkey for the person in this browser.
func (s *Service) OfferPasskey(ctx context.Context, person PersonID, browser string) (*protocol.CredentialCreation, error) {
	if s.keys == nil {
		return nil, ErrPasskey
	}
	holder, err := s.keyHolder(ctx, person)
	if err != nil {
		return nil, err
	}
	var known []protocol.CredentialDescriptor
	for _, key := range holder.keys {
		known = append(known, key.Descriptor())
	}
	options, data, err := s.keys.BeginRegistration(holder, webauthn.WithExclusions(known))
	if err != nil {
		return nil, err
	}
	return options, s.keepChallenge(ctx, challenge{Person: person, Browser: secretHash(browser), Data: *data})
}

func (s *Service) keyHolder(ctx context.Context, person PersonID) (keyHolder, error) {
	who, err := findPerson(ctx, s.db, person)
	if err != nil {
		return keyHolder{}, err
	}
	keys, err := listCredentials(ctx, s.db, person)
	return keyHolder{who, keys}, err
}

func (s *Service) keepChallenge(ctx context.Context, c challenge) error {
	c.Expires = s.now().Add(ChallengeLife)
	data, err := json.Marshal(c.Data)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return insertChallenge(ctx, tx, c, data) })
}

// takeChallenge uses a challenge up, whatever becomes of it: nobody tries twice.
// It returns ErrPasskey unless this browser was asked it, for this person, within
// its time.
func (s *Service) takeChallenge(ctx context.Context, text string, person PersonID, browser string) (webauthn.SessionData, error) {
	var c challenge
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		c, err = deleteChallenge(ctx, tx, secretHash(text))
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return c.Data, ErrPasskey
	}
	if err == nil && (c.Person != person || !(signIn{Browser: c.Browser}).askedBy(browser) || !s.now().Before(c.Expires)) {
		err = ErrPasskey
	}
	return c.Data, err
}
