package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// upsertEvidence reports whether it says anything new.
func upsertEvidence(ctx context.Context, tx pgx.Tx, by Actor, m MemberID, seen Seen, now time.Time) (fresh bool, err error) {
	const named = `
		SELECT level, coalesce((SELECT e.level FROM members.skill_evidence e WHERE e.cooperative_id = ms.cooperative_id
			AND e.member_id = ms.member_id AND e.skill_code = ms.skill_code AND e.by_role_id = $4), '')
		FROM members.member_skill ms WHERE cooperative_id = $1 AND member_id = $2 AND skill_code = $3 FOR NO KEY UPDATE`
	var own, before SkillLevel
	if err := tx.QueryRow(ctx, named, by.Cooperative, m, seen.Skill, by.Role).Scan(&own, &before); err != nil {
		return false, notFound(err)
	}
	level := seen.level(own)
	if before == level || seen.Asked != "" && before.atLeast(level) {
		return false, nil
	}
	const query = `
		INSERT INTO members.skill_evidence (cooperative_id, member_id, skill_code, by_role_id, level, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT ON CONSTRAINT skill_evidence_pkey DO UPDATE SET level = excluded.level, at = excluded.at`
	_, err = tx.Exec(ctx, query, by.Cooperative, m, seen.Skill, by.Role, string(level), now)
	return err == nil, err
}
