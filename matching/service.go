package matching

import (
	"io"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/tasks"
	"meent/jobs"
)

// Service holds the verbs of this domain.
type Service struct {
	db      *pgxpool.Pool
	tasks   *tasks.Queue
	jobs    *jobs.Service
	matcher Matcher
	engines *engines // that a Keeper keeps, if there is one here
	now     func() time.Time
	random  io.Reader
}

// New joins the domain to its database and to what stands left of it. random
// gives the ids; nil means the system's secure source.
func New(db *pgxpool.Pool, queue *tasks.Queue, gigs *jobs.Service, now func() time.Time, random io.Reader) *Service {
	kept := &engines{meters: newMeters()}
	return &Service{db: db, tasks: queue, jobs: gigs, matcher: engineMatcher{plainMatcher{now: now}, kept}, engines: kept, now: now, random: random}
}
