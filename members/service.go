package members

import (
	"io"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/tasks"
	"meent/internal/vault"
)

// Service holds the verbs of this domain.
type Service struct {
	db     *pgxpool.Pool
	tasks  *tasks.Queue
	now    func() time.Time
	random io.Reader
	hasher *hasher
	keys   *webauthn.WebAuthn // nil: no passkeys
	ring   []vault.Key        // none: nothing is sealed or opened
}

// Option sets what only some programs need.
type Option func(*Service)

// Keyring lets what people confide be kept: the first key seals, all open.
func Keyring(keys ...vault.Key) Option { return func(s *Service) { s.ring = keys } }

// New joins the domain to its database and queue. now gives the time, random
// the ids and secrets; nil means the system's secure source.
func New(db *pgxpool.Pool, queue *tasks.Queue, now func() time.Time, random io.Reader, options ...Option) *Service {
	s := &Service{db: db, tasks: queue, now: now, random: random, hasher: newHasher()}
	for _, set := range options {
		set(s)
	}
	return s
}
