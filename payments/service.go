package payments

import (
	"io"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/tasks"
	"meent/members"
)

// Service holds the verbs of this domain.
type Service struct {
	db      *pgxpool.Pool
	tasks   *tasks.Queue
	people  *members.Service
	gateway Gateway
	now     func() time.Time
	random  io.Reader
}

// New joins the domain to its database, to what stands left of it, and to the
// gateway, without which nothing is paid (ErrNoGateway). random gives the ids; nil means the system's
// secure source.
func New(db *pgxpool.Pool, queue *tasks.Queue, people *members.Service, g Gateway, now func() time.Time, random io.Reader) *Service {
	return &Service{db: db, tasks: queue, people: people, gateway: g, now: now, random: random}
}
