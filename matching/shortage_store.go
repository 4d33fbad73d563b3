package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

func hasMoreMembers(ctx context.Context, tx pgx.Tx, c id.Cooperative, than int) (more bool, err error) {
	const query = `SELECT count(*) > $2 FROM (SELECT FROM members.member WHERE cooperative_id = $1 LIMIT $2::bigint + 1) AS few`
	return more, tx.QueryRow(ctx, query, c, than).Scan(&more)
}

// nameSkill fills in what a skill is called; one without a code is none.
func nameSkill(ctx context.Context, tx pgx.Tx, skill *members.Skill) error {
	if skill.Code == "" {
		return nil
	}
	return tx.QueryRow(ctx, `SELECT group_code, nl, en FROM members.skill WHERE code = $1`, skill.Code).Scan(&skill.GroupCode, &skill.NL, &skill.EN)
}
