package members

import (
	"io"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/tasks"
)

// Service holds the verbs of this domain.
type Service struct {
	db     *pgxpool.Pool
	tasks  *tasks.Queue
	now    func() time.Time
	random io.Reader
	hasher *hasher
	keys   *webauthn.WebAuthn // nil: no passkeys
	seals  *sealer            // nil: nothing can be sealed
}

// Option sets what only some programs need.
type Option func(*Service)

// New joins the domain to its database and queue. now gives the time, random
// the ids and secrets; nil means the system's secure source.
func New(db *pgxpool.Pool, queue *tasks.Queue, now func() time.Time, random io.Reader, options ...Option) *Service {
	s := &Service{db: db, tasks: queue, now: now, random: random, hasher: newHasher()}
	for _, set := range options {
		set(s)
	}
	return s
}
