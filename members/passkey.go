package members

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// PasskeyID identifies a passkey.
type PasskeyID = id.Of[Passkey]

// Passkey is a key on somebody's own device with which they sign in. The device
// asks for a finger, a face or its own code: so it is two factors in one.
type Passkey struct {
	ID    PasskeyID
	Name  string
	Added time.Time
	Used  Day // empty: never
}

// A person has at most this many; a challenge is good for one use in this time.
const (
	MostPasskeys  = 10
	ChallengeLife = 5 * time.Minute
)

// At lets people have passkeys for the site at this address, and for no other.
// Where browsers know none, as at a number instead of a name, there are none.
func At(site *url.URL) Option {
	return func(s *Service) {
		keys, err := webauthn.New(&webauthn.Config{
			RPID: site.Hostname(), RPDisplayName: "Meent", RPOrigins: []string{site.Scheme + "://" + site.Host},
			AttestationPreference: protocol.PreferNoAttestation,
			AuthenticatorSelection: protocol.AuthenticatorSelection{
				ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
				UserVerification: protocol.VerificationRequired,
			},
		})
		if err == nil {
			s.keys = keys
		}
	}
}

// HasPasskeys reports whether people can have passkeys here.
func (s *Service) HasPasskeys() bool { return s.keys != nil }

// Passkeys lists a person's own, the oldest first.
func (s *Service) Passkeys(ctx context.Context, person PersonID) ([]Passkey, error) {
	return listPasskeys(ctx, s.db, person)
}

// NamePasskey gives one of the person's own another name. It returns
// check.Problems at "name", and ErrNotFound for somebody else's.
func (s *Service) NamePasskey(ctx context.Context, person PersonID, key PasskeyID, name string) error {
	name = strings.TrimSpace(name)
	if err := checkPasskeyName(name); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return updatePasskeyName(ctx, tx, person, key, name) })
}

func checkPasskeyName(name string) error {
	var p check.Problems
	p.Text("name", name, 1, 60)
	return p.Err()
}

// RemovePasskey takes one of the person's own away, and tells them. It returns
// ErrNotFound for somebody else's.
func (s *Service) RemovePasskey(ctx context.Context, by Actor, key PasskeyID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := deletePasskey(ctx, tx, by.Person, key); err != nil {
			return err
		}
		if err := s.changedTx(ctx, tx, by.Person, PasskeyRemoved); err != nil {
			return err
		}
		return s.auditSelfTx(ctx, tx, by, "passkey_removed")
	})
}

// keyHolder is a person as the passkey library knows them.
type keyHolder struct {
	person Person
	keys   []webauthn.Credential
}

func (h keyHolder) WebAuthnID() []byte                         { return h.person.ID[:] }
func (h keyHolder) WebAuthnName() string                       { return string(h.person.Email) }
func (h keyHolder) WebAuthnDisplayName() string                { return h.person.Name }
func (h keyHolder) WebAuthnCredentials() []webauthn.Credential { return h.keys }
