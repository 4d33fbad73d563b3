package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func lockOwnMember(ctx context.Context, tx pgx.Tx, by Actor) error {
	const query = `SELECT id FROM members.member WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	var found MemberID
	return notFound(tx.QueryRow(ctx, query, by.Cooperative, by.Member).Scan(&found))
}

func upsertBlock(ctx context.Context, tx pgx.Tx, by Actor, client ClientID, reason []byte, now time.Time) (bool, error) {
	const query = `
		INSERT INTO members.client_block (cooperative_id, member_id, client_id, since, reason)
		SELECT $1, $2, c.id, $4, $5 FROM members.client c WHERE c.cooperative_id = $1 AND c.id = $3
		ON CONFLICT (cooperative_id, member_id, client_id) DO UPDATE SET reason = excluded.reason`
	tag, err := tx.Exec(ctx, query, by.Cooperative, by.Member, client, now, reason)
	return tag.RowsAffected() > 0, err
}

func deleteBlock(ctx context.Context, tx pgx.Tx, by Actor, client ClientID) (bool, error) {
	const query = `DELETE FROM members.client_block WHERE cooperative_id = $1 AND member_id = $2 AND client_id = $3`
	tag, err := tx.Exec(ctx, query, by.Cooperative, by.Member, client)
	return tag.RowsAffected() > 0, err
}

func listBlocks(ctx context.Context, db *pgxpool.Pool, by Actor) ([]keptBlock, error) {
	const query = `
		SELECT c.id, c.name, b.since, b.reason
		FROM members.client_block b JOIN members.client c ON c.cooperative_id = b.cooperative_id AND c.id = b.client_id
		WHERE b.cooperative_id = $1 AND b.member_id = $2 ORDER BY c.name, c.id`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (b keptBlock, err error) {
		return b, row.Scan(&b.Client, &b.Name, &b.Since, &b.reason)
	})
}

func findBlock(ctx context.Context, db *pgxpool.Pool, by Actor, client ClientID) (b keptBlock, err error) {
	const query = `
		SELECT c.id, c.name, b.since, b.reason
		FROM members.client c
		LEFT JOIN members.client_block b ON b.cooperative_id = c.cooperative_id AND b.client_id = c.id AND b.member_id = $2
		WHERE c.cooperative_id = $1 AND c.id = $3`
	var since *time.Time
	err = db.QueryRow(ctx, query, by.Cooperative, by.Member, client).Scan(&b.Client, &b.Name, &since, &b.reason)
	if since != nil {
		b.Since = *since
	}
	return b, notFound(err)
}
