package members

import (
	"io"
	"time"

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
	keys   []vault.Key
}

// New joins the domain to its database and queue. now gives the time, random
// the ids and secrets; nil means the system's secure source. keys seal what
// people confide: the first seals, all open; without any nothing is sealed.
func New(db *pgxpool.Pool, queue *tasks.Queue, now func() time.Time, random io.Reader, keys ...vault.Key) *Service {
	return &Service{db: db, tasks: queue, now: now, random: random, hasher: newHasher(), keys: keys}
}
