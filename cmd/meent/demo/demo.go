package demo

import (
	"context"
	"io"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/vault"
	"meent/members"
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
	services
	data   data
	random *rand.Rand
	clock  *clock
	now    time.Time       // when people come, and later when the coming work is posted
	until  time.Time       // the demo looks no further
	names  map[string]bool // e-mail addresses given out
	taken  map[string]bool // days on which a client has posted some work

	lastMember members.NewPerson
	posters    []poster
	workers    []worker
}

// Fill makes people and the work to come in one transaction. It does nothing,
// and says so, when there is a cooperative already. The keys are the house's.
func Fill(ctx context.Context, db *pgxpool.Pool, now func() time.Time, seed uint64, keys ...vault.Key) (filled bool, err error) {
	h, err := newHouse(now(), seed)
	if err != nil {
		return false, err
	}
	h.clock = &clock{at: h.now}
	h.services = newServices(db, keys, nil, h.clock.now, newIDs(seed, "ids"))
	err = pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		if filled, err = h.members.EmptyTx(ctx, tx); err != nil || !filled {
			return err
		}
		if err := h.peopleTx(ctx, tx); err != nil {
			return err
		}
		return h.gigsTx(ctx, tx)
	})
	if filled && err == nil {
		err = h.tell(ctx)
	}
	if filled && err == nil {
		_, err = db.Exec(ctx, `ANALYZE`) // so that nobody plans for empty tables
	}
	return filled && err == nil, err
}

func newHouse(now time.Time, seed uint64) (*house, error) {
	read, err := readData()
	h := &house{data: read, now: now, until: now.AddDate(0, 0, days+2), names: map[string]bool{}, taken: map[string]bool{}}
	h.random = rand.New(rand.NewChaCha8(seedBytes(seed, "choices")))
	return h, err
}

func newIDs(seed uint64, purpose string) io.Reader {
	return &ids{source: rand.NewChaCha8(seedBytes(seed, purpose))}
}

// ids may be drawn by several goroutines.
type ids struct {
	mu     sync.Mutex
	source *rand.ChaCha8
}

func (i *ids) Read(b []byte) (int, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.source.Read(b)
}

func seedBytes(seed uint64, purpose string) (b [32]byte) {
	copy(b[8:], purpose)
	for i := range 8 {
		b[i] = byte(seed >> (8 * i))
	}
	return b
}

// peopleTx founds the cooperatives, with everybody in them.
func (h *house) peopleTx(ctx context.Context, tx pgx.Tx) error {
	if err := h.exampleFiguresTx(ctx, tx); err != nil {
		return err
	}
	for _, plan := range plans() {
		c, err := h.cooperativeTx(ctx, tx, plan)
		if err != nil {
			return err
		}
		h.posters = append(h.posters, c...)
	}
	return nil
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
