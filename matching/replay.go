package matching

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/matching/engine"
)

// Replayed is the explanation of an offer as it is stored, and computed again by the
// weights of its version. There is nothing of a person in it but ids.
type Replayed struct {
	Offer   OfferID
	Stored  Explanation
	Weights engine.Weights
	Again   Explanation
	Can     bool // facts are stored; of the first version, and of who was erased, there are none
	Same    bool // byte for byte
}

// Replay computes the explanation of an offer again, for whoever runs the program and
// must account for a decision. It returns members.ErrNotFound.
func (s *Service) Replay(ctx context.Context, offer OfferID) (r Replayed, err error) {
	r.Offer = offer
	err = pgx.BeginTxFunc(ctx, s.db, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		var c id.Cooperative
		if c, r.Stored, err = findExplanation(ctx, tx, offer); err != nil || r.Stored.Facts == nil {
			return err
		}
		r.Weights, err = findVersion(ctx, tx, c, r.Stored.Version)
		return err
	})
	if err != nil || r.Stored.Facts == nil {
		return r, err
	}
	r.Again, r.Can = r.Stored.Replay(r.Weights)
	r.Same, err = same(r.Stored, r.Again)
	return r, err
}

func same(a, b Explanation) (bool, error) {
	one, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	other, err := json.Marshal(b)
	return bytes.Equal(one, other), err
}
