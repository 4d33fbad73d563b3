package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// insertManual adds a proposal, unless one with this number is there.
func insertManual(ctx context.Context, tx pgx.Tx, c id.Cooperative, m Manual, now time.Time) (isNew bool, err error) {
	const query = `
		INSERT INTO payments.manual (id, cooperative_id, source, destination, cents, reason, state, proposed_by, proposed_at)
		VALUES ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8) ON CONFLICT DO NOTHING`
	tag, err := tx.Exec(ctx, query, m.ID, c, string(m.From), string(m.To), int64(m.Amount), m.Reason, m.ProposedBy, now)
	return tag.RowsAffected() > 0, err
}

const selectManual = `
	SELECT m.id, m.source, m.destination, m.cents, m.reason, m.state, m.proposed_by, a.id, a.name, m.proposed_at,
		coalesce(b.name, ''), coalesce(m.decided_at, '0001-01-01 00:00:00Z')
	FROM payments.manual m
	JOIN members.role ra ON ra.cooperative_id = m.cooperative_id AND ra.id = m.proposed_by
	JOIN members.person a ON a.id = ra.person_id
	LEFT JOIN members.role rb ON rb.cooperative_id = m.cooperative_id AND rb.id = m.decided_by
	LEFT JOIN members.person b ON b.id = rb.person_id
	WHERE m.cooperative_id = $1`

func scanManual(row pgx.Row) (m Manual, err error) {
	err = row.Scan(&m.ID, &m.From, &m.To, &m.Amount, &m.Reason, &m.State, &m.ProposedBy, &m.proposer, &m.ProposedName, &m.ProposedAt,
		&m.DecidedName, &m.DecidedAt)
	return m, notFound(err)
}

func lockManual(ctx context.Context, tx pgx.Tx, c id.Cooperative, manual ManualID) (Manual, error) {
	return scanManual(tx.QueryRow(ctx, selectManual+` AND m.id = $2 FOR NO KEY UPDATE OF m`, c, manual))
}

func decideManual(ctx context.Context, tx pgx.Tx, by members.Actor, manual ManualID, to ManualState, now time.Time) error {
	const query = `UPDATE payments.manual SET state = $3, decided_by = $4, decided_at = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, manual, string(to), by.Role, now)
	return err
}

// lockAccounts holds every row of these accounts, in the order in which postings
// take them.
func lockAccounts(ctx context.Context, tx pgx.Tx, c id.Cooperative, accounts ...Account) error {
	const query = `
		SELECT FROM payments.account WHERE cooperative_id = $1 AND address = ANY ($2::text[])
		ORDER BY cooperative_id, address, shard FOR NO KEY UPDATE`
	_, err := tx.Exec(ctx, query, c, texts(accounts))
	return err
}

func listManuals(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Manual, error) {
	const query = selectManual + `
		ORDER BY m.state <> 'proposed', CASE WHEN m.state = 'proposed' THEN m.proposed_at END, m.decided_at DESC, m.id LIMIT 200`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Manual, error) { return scanManual(row) })
}
