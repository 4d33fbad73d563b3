package members

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// lockHead gives the end of the chain, and makes it for a new one.
func lockHead(ctx context.Context, tx pgx.Tx, c id.Cooperative) (head, error) {
	const begin = `INSERT INTO members.audit_head (cooperative_id, seq, hash) VALUES ($1, 0, '') ON CONFLICT DO NOTHING`
	if _, err := tx.Exec(ctx, begin, c); err != nil {
		return head{}, err
	}
	h := head{cooperative: c}
	err := tx.QueryRow(ctx, `SELECT seq, hash FROM members.audit_head WHERE cooperative_id = $1 FOR UPDATE`, c).Scan(&h.seq, &h.hash)
	return h, err
}

func insertLink(ctx context.Context, tx pgx.Tx, l link) error {
	const query = `
		INSERT INTO members.audit (cooperative_id, seq, at, by_id, by_kind, for_id, what, ref, detail, why_digest, hash, helper_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	_, err := tx.Exec(ctx, query, l.cooperative, l.seq, l.at, l.by, l.byKind, l.forWhom, l.what, l.ref, l.detail, l.whyDigest, l.hash, l.helper)
	if err != nil || l.why == "" {
		return err
	}
	const why = `INSERT INTO members.audit_why (cooperative_id, seq, key_id, sealed) VALUES ($1, $2, $3, $4)`
	_, err = tx.Exec(ctx, why, l.cooperative, l.seq, l.keyID, l.sealedWhy)
	return err
}

func updateHead(ctx context.Context, tx pgx.Tx, l link) error {
	_, err := tx.Exec(ctx, `UPDATE members.audit_head SET seq = $2, hash = $3 WHERE cooperative_id = $1`, l.cooperative, l.seq, l.hash)
	return err
}

func listHeads(ctx context.Context, db *pgxpool.Pool) ([]head, error) {
	rows, err := db.Query(ctx, `SELECT cooperative_id, seq, hash FROM members.audit_head ORDER BY cooperative_id`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (h head, err error) {
		err = row.Scan(&h.cooperative, &h.seq, &h.hash)
		return h, err
	})
}

// eachLink gives the links up to this end, in their order; later ones were
// written meanwhile.
func eachLink(ctx context.Context, db *pgxpool.Pool, end head, follow func(link)) error {
	const query = `
		SELECT a.cooperative_id, a.seq, a.at, a.by_id, a.by_kind, a.for_id, a.what, a.ref, a.detail, a.why_digest, a.hash, a.helper_id,
			w.sealed, coalesce(w.key_id, ''), k.person_id, coalesce(k.key_id, ''), k.wrapped
		FROM members.audit a
		LEFT JOIN members.audit_why w ON w.cooperative_id = a.cooperative_id AND w.seq = a.seq
		LEFT JOIN members.person_key k ON w.seq IS NOT NULL AND k.person_id = coalesce(a.for_id, a.by_id)
		WHERE a.cooperative_id = $1 AND a.seq <= $2 ORDER BY a.seq`
	rows, err := db.Query(ctx, query, end.cooperative, end.seq)
	if err != nil {
		return err
	}
	var l link
	_, err = pgx.ForEachRow(rows, []any{&l.cooperative, &l.seq, &l.at, &l.by, &l.byKind, &l.forWhom, &l.what, &l.ref, &l.detail,
		&l.whyDigest, &l.hash, &l.helper, &l.sealedWhy, &l.keyID, &l.key.person, &l.key.keyID, &l.key.wrapped}, func() error { follow(l); return nil })
	return err
}

const deedColumns = `
	SELECT a.cooperative_id, a.seq, a.at, a.by_id, coalesce(b.name, ''), a.by_kind, a.for_id, coalesce(f.name, ''), a.what, a.ref, a.detail, w.sealed, octet_length(a.why_digest) > 0, a.helper_id, coalesce(h.name, '')
	FROM members.audit a
	LEFT JOIN members.person b ON b.id = a.by_id
	LEFT JOIN members.person f ON f.id = a.for_id
	LEFT JOIN members.person h ON h.id = a.helper_id
	LEFT JOIN members.audit_why w ON w.cooperative_id = a.cooperative_id AND w.seq = a.seq `

func listDeeds(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, before int64, most int) ([]Audited, []keptWhy, error) {
	const query = deedColumns + `WHERE a.cooperative_id = $1 AND ($2 = 0 OR a.seq < $2) ORDER BY a.seq DESC LIMIT $3`
	rows, err := db.Query(ctx, query, c, before, most)
	return collectDeeds(rows, err)
}

func listDeedsOf(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, what string, before int64, most int) ([]Audited, []keptWhy, error) {
	const query = deedColumns + `WHERE a.cooperative_id = $1 AND a.what = $2 AND ($3 = 0 OR a.seq < $3) ORDER BY a.seq DESC LIMIT $4`
	rows, err := db.Query(ctx, query, c, what, before, most)
	return collectDeeds(rows, err)
}

// listConcerning asks for each of the three by its index, and puts them together.
func listConcerning(ctx context.Context, db *pgxpool.Pool, person PersonID, most int) ([]Audited, []keptWhy, error) {
	const query = deedColumns + `
		JOIN (
			(SELECT cooperative_id, seq FROM members.audit WHERE by_id = $1 ORDER BY at DESC LIMIT $2)
			UNION
			(SELECT cooperative_id, seq FROM members.audit WHERE helper_id = $1 ORDER BY at DESC LIMIT $2)
			UNION
			(SELECT cooperative_id, seq FROM members.audit WHERE for_id = $1 ORDER BY at DESC LIMIT $2)
		) mine ON mine.cooperative_id = a.cooperative_id AND mine.seq = a.seq
		ORDER BY a.at DESC, a.cooperative_id, a.seq DESC LIMIT $2`
	rows, err := db.Query(ctx, query, person, most)
	return collectDeeds(rows, err)
}

func collectDeeds(rows pgx.Rows, err error) (list []Audited, kept []keptWhy, _ error) {
	if err != nil {
		return nil, nil, err
	}
	list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (a Audited, err error) {
		var detail string
		var why keptWhy
		err = row.Scan(&a.Cooperative, &a.Seq, &a.At, &a.By, &a.ByName, &a.ByKind, &a.For, &a.ForName, &a.What, &a.Ref, &detail, &why.sealed, &why.given, &a.Helper, &a.HelperName)
		if err == nil {
			err = json.Unmarshal([]byte(detail), &a.Detail)
		}
		kept = append(kept, why)
		return a, err
	})
	return list, kept, err
}
