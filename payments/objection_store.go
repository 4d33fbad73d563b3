package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func insertObjection(ctx context.Context, tx pgx.Tx, by members.Actor, objection ObjectionID, bill BillID, words string, now time.Time) error {
	const query = `
		INSERT INTO payments.objection (id, cooperative_id, bill_id, words, asked_by, asked_at, state)
		VALUES ($1, $2, $3, $4, $5, $6, 'open')`
	_, err := tx.Exec(ctx, query, objection, by.Cooperative, bill, words, by.Role, now)
	if breaks(err, "objection_open_once") {
		return ErrObjected
	}
	return err
}

func lockObjection(ctx context.Context, tx pgx.Tx, c id.Cooperative, objection ObjectionID) (bill BillID, client members.ClientID, open bool, err error) {
	const query = `
		SELECT o.bill_id, b.client_id, o.state = 'open' FROM payments.objection o
		JOIN payments.bill b ON b.cooperative_id = o.cooperative_id AND b.id = o.bill_id
		WHERE o.cooperative_id = $1 AND o.id = $2 FOR NO KEY UPDATE OF o`
	err = tx.QueryRow(ctx, query, c, objection).Scan(&bill, &client, &open)
	return bill, client, open, notFound(err)
}

func answerObjection(ctx context.Context, tx pgx.Tx, by members.Actor, objection ObjectionID, words string, now time.Time) error {
	const query = `
		UPDATE payments.objection SET state = 'answered', answer = $3, answered_by = $4, answered_at = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, objection, words, by.Role, now)
	return err
}

const selectObjection = `
	SELECT o.id, o.bill_id, o.words, pa.name, o.asked_at, o.state = 'open', o.answer, coalesce(pb.name, ''), coalesce(o.answered_at, '0001-01-01 00:00:00Z'),
		cl.name, b.title, b.language
	FROM payments.objection o
	JOIN payments.bill b ON b.cooperative_id = o.cooperative_id AND b.id = o.bill_id
	JOIN members.client cl ON cl.cooperative_id = b.cooperative_id AND cl.id = b.client_id
	JOIN members.role ra ON ra.cooperative_id = o.cooperative_id AND ra.id = o.asked_by
	JOIN members.person pa ON pa.id = ra.person_id
	LEFT JOIN members.role rb ON rb.cooperative_id = o.cooperative_id AND rb.id = o.answered_by
	LEFT JOIN members.person pb ON pb.id = rb.person_id
	WHERE o.cooperative_id = $1`

// listObjections are those of a bill, which the caller may see.
func listObjections(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, bill BillID) ([]Objection, error) {
	return collectObjections(db.Query(ctx, selectObjection+` AND o.bill_id = $2 ORDER BY o.asked_at, o.id LIMIT 200`, c, bill))
}

func listOpenObjections(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Objection, error) {
	return collectObjections(db.Query(ctx, selectObjection+` AND o.state = 'open' ORDER BY o.asked_at, o.id LIMIT 200`, c))
}

func collectObjections(rows pgx.Rows, err error) ([]Objection, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (o Objection, err error) {
		err = row.Scan(&o.ID, &o.Bill, &o.Words, &o.AskedName, &o.AskedAt, &o.Open, &o.Answer, &o.AnswerName, &o.AnsweredAt, &o.ClientName, &o.Title, &o.Language)
		return o, err
	})
}
