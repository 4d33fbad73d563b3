package payments

import (
	"bytes"
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// PostTx books what happened, in one statement however many entries there are,
// and gives the entries that stand under their keys, in the same order. An entry
// whose key is there with the same input is that one, and moves nothing. It
// returns ErrOtherPosting when a key means something else, and ErrOverdrawn; then
// the transaction must not be committed.
//
// Entries wait for each other where they touch one account, always in the order
// of the addresses. So call it once in a transaction, after every other lock: of
// two transactions that each post twice one may be refused.
func (s *Service) PostTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, entries ...Entry) ([]EntryID, error) {
	return s.post(ctx, tx, c, entries)
}

// Post is PostTx in a transaction of its own.
func (s *Service) Post(ctx context.Context, c id.Cooperative, entries ...Entry) (posted []EntryID, err error) {
	if len(entries) == 1 { // one statement is all or nothing by itself
		return s.post(ctx, s.db, c, entries)
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		posted, err = s.post(ctx, tx, c, entries)
		return err
	})
	return posted, err
}

// postTx is PostTx for who does not ask which entries these are.
func (s *Service) postTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, entries ...Entry) error {
	_, err := s.post(ctx, tx, c, entries)
	return err
}

func (s *Service) post(ctx context.Context, db poster, c id.Cooperative, entries []Entry) ([]EntryID, error) {
	for _, e := range entries {
		if len(e.Postings) == 0 {
			return nil, errEmptyEntry
		}
	}
	if len(entries) == 0 {
		return nil, nil
	}
	ids, hashes := make([]EntryID, len(entries)), make([][]byte, len(entries))
	for i, e := range entries {
		ids[i], hashes[i] = id.New[Entry](s.random), e.hash()
	}
	there, err := insertEntries(ctx, db, c, ids, entries, hashes, s.now())
	if err != nil {
		return nil, err
	}
	for i := range entries {
		if !bytes.Equal(there[i].hash, hashes[i]) {
			return nil, ErrOtherPosting
		}
		ids[i] = there[i].id
	}
	return ids, nil
}
