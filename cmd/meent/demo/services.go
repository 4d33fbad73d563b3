package demo

import (
	"io"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/tasks"
	"meent/internal/vault"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

// services are the domains, by one clock and with one source of ids.
type services struct {
	queue    *tasks.Queue
	members  *members.Service
	coaching *coaching.Service
	payments *payments.Service
	jobs     *jobs.Service
	matching *matching.Service
}

// newServices joins them. Without a gateway nothing is paid; tasks of the kinds
// in mute are not queued.
func newServices(db *pgxpool.Pool, keys []vault.Key, gateway payments.Gateway, now func() time.Time, ids io.Reader, mute ...string) services {
	s := services{queue: tasks.New(db, tasks.Config{Now: now, Random: ids, Mute: mute})}
	s.members = members.New(db, s.queue, now, ids, members.Keyring(keys...))
	s.coaching = coaching.New(db, s.queue, s.members, now, ids)
	s.payments = payments.New(db, s.queue, s.members, gateway, now, ids)
	s.jobs = jobs.New(db, s.queue, s.members, s.payments, now, ids)
	s.matching = matching.New(db, s.queue, s.jobs, now, ids)
	return s
}
