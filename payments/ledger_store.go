package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"meent/internal/id"
)

// poster is a pool, a connection or a transaction.
type poster interface {
	querier
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// written is the entry that stands under a key.
type written struct {
	id   EntryID
	hash []byte
}

// insertEntries gives the entry that stands under each key afterwards: the new
// one, or an older one.
func insertEntries(ctx context.Context, db poster, c id.Cooperative, ids []EntryID, entries []Entry, hashes [][]byte, now time.Time) (list []written, err error) {
	if len(entries) == 1 {
		list, err = insertOne(ctx, db, c, ids[0], entries[0], hashes[0], now)
	} else {
		list, err = insertMany(ctx, db, c, ids, entries, hashes, now)
	}
	if err != nil {
		return nil, refusal(err)
	}
	return list, findUnseen(ctx, db, c, entries, list)
}

// insertOne is insertMany without lists: it sorts and joins nothing.
func insertOne(ctx context.Context, db poster, c id.Cooperative, entry EntryID, e Entry, hash []byte, now time.Time) ([]written, error) {
	const insert = `
		WITH made AS (
			INSERT INTO payments.entry (id, cooperative_id, key, input_hash, cause, subject, posted_at, posted_by, approved_by)
			VALUES ($1, $2, $3, $4, $5, $6::text::uuid, $7, $8, $9)
			ON CONFLICT ON CONSTRAINT entry_once DO NOTHING RETURNING id
		), moved AS (
			INSERT INTO payments.posting (cooperative_id, entry_id, number, source, destination, cents, posted_at)
			SELECT $2, made.id, m.number, m.source, m.destination, m.cents, $7
			FROM made, unnest($10::text[], $11::text[], $12::bigint[]) WITH ORDINALITY AS m (source, destination, cents, number)
		)
		SELECT id FROM made`
	if len(e.Postings) == 1 {
		return insertMovement(ctx, db, c, entry, e, hash, now)
	}
	var sources, destinations []string
	var cents []int64
	for _, p := range e.Postings {
		sources, destinations, cents = append(sources, string(p.Source)), append(destinations, string(p.Destination)), append(cents, int64(p.Amount))
	}
	tag, err := db.Exec(ctx, insert, entry, c, e.Key, hash, string(e.Cause), orNull(string(e.Subject)), now, e.Hands.Posted, e.Hands.Approved,
		sources, destinations, cents)
	if err != nil || tag.RowsAffected() == 0 {
		return make([]written, 1), err
	}
	return []written{{entry, hash}}, nil
}

// insertMovement is insertOne of one posting, as most entries are.
func insertMovement(ctx context.Context, db poster, c id.Cooperative, entry EntryID, e Entry, hash []byte, now time.Time) ([]written, error) {
	const insert = `
		WITH made AS (
			INSERT INTO payments.entry (id, cooperative_id, key, input_hash, cause, subject, posted_at, posted_by, approved_by)
			VALUES ($1, $2, $3, $4, $5, $6::text::uuid, $7, $8, $9)
			ON CONFLICT ON CONSTRAINT entry_once DO NOTHING RETURNING id
		)
		INSERT INTO payments.posting (cooperative_id, entry_id, number, source, destination, cents, posted_at)
		SELECT $2, made.id, 1, $10, $11, $12, $7 FROM made`
	p := e.Postings[0]
	tag, err := db.Exec(ctx, insert, entry, c, e.Key, hash, string(e.Cause), orNull(string(e.Subject)), now, e.Hands.Posted, e.Hands.Approved,
		string(p.Source), string(p.Destination), int64(p.Amount))
	if err != nil || tag.RowsAffected() == 0 {
		return make([]written, 1), err
	}
	return []written{{entry, hash}}, nil
}

func insertMany(ctx context.Context, db querier, c id.Cooperative, ids []EntryID, entries []Entry, hashes [][]byte, now time.Time) ([]written, error) {
	// The keys in one order, as the balances: whoever waits for a key holds none
	// that comes after it.
	const insert = `
		WITH input AS (
			SELECT id::uuid AS id, key, hash, cause, subject::uuid AS subject, posted_by::uuid AS posted_by, approved_by::uuid AS approved_by, place
			FROM unnest($2::text[], $3::text[], $4::bytea[], $5::text[], $6::text[], $7::text[], $8::text[])
				WITH ORDINALITY AS i (id, key, hash, cause, subject, posted_by, approved_by, place)
		), made AS (
			INSERT INTO payments.entry (id, cooperative_id, key, input_hash, cause, subject, posted_at, posted_by, approved_by)
			SELECT id, $1, key, hash, cause, subject, $9, posted_by, approved_by FROM input ORDER BY key, place
			ON CONFLICT ON CONSTRAINT entry_once DO NOTHING RETURNING id
		), moved AS (
			INSERT INTO payments.posting (cooperative_id, entry_id, number, source, destination, cents, posted_at)
			SELECT $1, made.id, m.number, m.source, m.destination, m.cents, $9
			FROM unnest($10::text[], $11::smallint[], $12::text[], $13::text[], $14::bigint[]) AS m (entry_id, number, source, destination, cents)
			JOIN made ON made.id = m.entry_id::uuid
		)
		SELECT i.place::int, coalesce(made.id, there.id), CASE WHEN made.id IS NULL THEN there.input_hash ELSE i.hash END
		FROM input i
		LEFT JOIN made ON made.id = i.id
		LEFT JOIN LATERAL (
			SELECT e.id, e.input_hash FROM payments.entry e WHERE made.id IS NULL AND e.cooperative_id = $1 AND e.key = i.key LIMIT 1) there ON true`
	rows, err := db.Query(ctx, insert, entryColumns(c, ids, entries, hashes, now)...)
	if err != nil {
		return nil, err
	}
	list := make([]written, len(entries))
	var place int
	var w written
	_, err = pgx.ForEachRow(rows, []any{&place, &w.id, &w.hash}, func() error {
		list[place-1], w.hash = w, nil
		return nil
	})
	return list, err
}

// entryColumns are the arguments of the insert: of the entries, then of their
// postings, column by column.
func entryColumns(c id.Cooperative, ids []EntryID, entries []Entry, hashes [][]byte, now time.Time) []any {
	n := len(entries)
	keys, causes, subjects := make([]string, n), make([]string, n), make([]*string, n)
	posted, approved := make([]*string, n), make([]*string, n)
	names := make([]string, n)
	var of, sources, destinations []string
	var numbers []int16
	var cents []int64
	for i, e := range entries {
		names[i], keys[i], causes[i] = ids[i].String(), e.Key, string(e.Cause)
		subjects[i], posted[i], approved[i] = orNull(string(e.Subject)), orNull(e.Hands.Posted.String()), orNull(e.Hands.Approved.String())
		for j, p := range e.Postings {
			of, numbers = append(of, names[i]), append(numbers, int16(j+1))
			sources, destinations = append(sources, string(p.Source)), append(destinations, string(p.Destination))
			cents = append(cents, int64(p.Amount))
		}
	}
	return []any{c, names, keys, hashes, causes, subjects, posted, approved, now, of, numbers, sources, destinations, cents}
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// findUnseen looks for entries that the insert met and did not give: one that was
// there, or was committed while it ran, when it could not see it.
func findUnseen(ctx context.Context, db querier, c id.Cooperative, entries []Entry, list []written) error {
	const query = `SELECT id, input_hash FROM payments.entry WHERE cooperative_id = $1 AND key = $2`
	for i := range list {
		if list[i].hash != nil {
			continue
		}
		rows, err := db.Query(ctx, query, c, entries[i].Key)
		if err != nil {
			return err
		}
		list[i], err = pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (w written, err error) {
			err = row.Scan(&w.id, &w.hash)
			return w, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// refusal names what the ledger refuses.
func refusal(err error) error {
	if breaks(err, "account_not_overdrawn") {
		return ErrOverdrawn
	}
	return err
}
