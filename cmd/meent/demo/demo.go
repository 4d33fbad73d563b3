package demo

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

// Sizes of the demo, both cooperatives together.
const (
	Members = 60
	Clients = 15
	Coaches = 4
	Gigs    = 120
)

// house is the domains, joined with seeded randomness, and what was made so far.
type house struct {
	members  *members.Service
	coaching *coaching.Service
	payments *payments.Service
	jobs     *jobs.Service

	data   data
	random *rand.Rand
	now    time.Time
	names  map[string]bool // e-mail addresses given out
	taken  map[string]bool // days on which a client has posted some work

	lastMember members.NewPerson
}

// Fill makes the demo in one transaction. It does nothing, and says so, when
// there is a cooperative already.
func Fill(ctx context.Context, db *pgxpool.Pool, now func() time.Time, seed uint64) (filled bool, err error) {
	h, err := newHouse(db, now, seed)
	if err != nil {
		return false, err
	}
	err = pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		if filled, err = h.members.EmptyTx(ctx, tx); err != nil || !filled {
			return err
		}
		return h.fillTx(ctx, tx)
	})
	if filled && err == nil {
		_, err = db.Exec(ctx, `ANALYZE`) // so that nobody plans for empty tables
	}
	return filled && err == nil, err
}

func newHouse(db *pgxpool.Pool, now func() time.Time, seed uint64) (*house, error) {
	read, err := readData()
	if err != nil {
		return nil, err
	}
	start := now()
	fixed := func() time.Time { return start }
	ids := rand.NewChaCha8(seedBytes(seed, "ids"))
	queue := tasks.New(db, tasks.Config{Now: fixed, Random: ids})
	h := &house{data: read, now: start, names: map[string]bool{}, taken: map[string]bool{}}
	h.random = rand.New(rand.NewChaCha8(seedBytes(seed, "choices")))
	h.members = members.New(db, queue, fixed, ids)
	h.coaching = coaching.New(db, fixed)
	h.payments = payments.New(db, queue, nil, fixed, ids)
	h.jobs = jobs.New(db, queue, h.payments, fixed, ids)
	return h, nil
}

func seedBytes(seed uint64, purpose string) (b [32]byte) {
	copy(b[8:], purpose)
	for i := range 8 {
		b[i] = byte(seed >> (8 * i))
	}
	return b
}

func (h *house) fillTx(ctx context.Context, tx pgx.Tx) error {
	if err := h.exampleFiguresTx(ctx, tx); err != nil {
		return err
	}
	var posters []poster
	for _, plan := range plans() {
		c, err := h.cooperativeTx(ctx, tx, plan)
		if err != nil {
			return err
		}
		posters = append(posters, c...)
	}
	return h.gigsTx(ctx, tx, posters)
}

// pick draws one of the list.
func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// some draws n different ones of the list, or all of a shorter one.
func some[T any](r *rand.Rand, list []T, n int) []T {
	order := r.Perm(len(list))
	drawn := make([]T, 0, n)
	for _, i := range order[:min(n, len(list))] {
		drawn = append(drawn, list[i])
	}
	return drawn
}
