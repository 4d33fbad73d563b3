package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

func insertFact(ctx context.Context, tx pgx.Tx, f Fact) error {
	const query = `
		INSERT INTO coaching.fact (id, cooperative_id, member_id, kind, at, minutes, ref)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT fact_once DO NOTHING`
	_, err := tx.Exec(ctx, query, f.ID, f.Cooperative, f.Member, string(f.Kind), f.At, f.Minutes, f.Ref)
	return err
}

// listFacts gives the newest facts of these kinds, from behind the fact before
// on; none means from the newest.
func listFacts(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, kinds []Kind, before FactID, most int) ([]Fact, error) {
	const query = `
		SELECT f.id, f.cooperative_id, f.member_id, f.kind, f.at, f.minutes, f.ref FROM coaching.fact f
		WHERE f.cooperative_id = $1 AND f.member_id = $2 AND f.kind = ANY ($3) AND ($4::uuid IS NULL OR (f.at, f.seq) < (
			SELECT b.at, b.seq FROM coaching.fact b WHERE b.cooperative_id = $1 AND b.member_id = $2 AND b.id = $4))
		ORDER BY f.at DESC, f.seq DESC LIMIT $5`
	rows, err := tx.Query(ctx, query, c, m, kinds, before, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Fact])
}

func deleteFacts(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, ref string, kinds []Kind) error {
	const query = `DELETE FROM coaching.fact WHERE cooperative_id = $1 AND member_id = $2 AND kind = ANY ($3) AND ref = $4`
	_, err := tx.Exec(ctx, query, c, m, kinds, ref)
	return err
}
