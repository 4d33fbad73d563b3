package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// eraseCoaching keeps reports, whose words nobody can read without the person's
// key. What a coach answered to others stays with the others.
func eraseCoaching(ctx context.Context, tx pgx.Tx, person members.PersonID) error {
	const theirs = ` t WHERE (t.cooperative_id, t.member_id) IN (SELECT m.cooperative_id, m.id FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id WHERE r.person_id = $1)`
	for _, query := range []string{
		`DELETE FROM coaching.statement` + theirs,
		`DELETE FROM coaching.question` + theirs,
		`DELETE FROM coaching.release` + theirs,
		`DELETE FROM coaching.fact` + theirs,
		`DELETE FROM coaching.contact` + theirs,
		`DELETE FROM coaching.goal` + theirs,
		`DELETE FROM coaching.rung` + theirs,
		`DELETE FROM coaching.work_step` + theirs,
		`DELETE FROM coaching.self_score` + theirs,
		`DELETE FROM coaching.guard_rail` + theirs,
		`DELETE FROM coaching.buddy` + theirs,
		`DELETE FROM coaching.buddy t WHERE (t.cooperative_id, t.buddy_id) IN (SELECT m.cooperative_id, m.id FROM members.member m
			JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id WHERE r.person_id = $1)`,
		`DELETE FROM coaching.stand_in` + theirs,
		`DELETE FROM coaching.stand_in t WHERE (t.cooperative_id, t.coach_id) IN (SELECT cooperative_id, id FROM members.role WHERE person_id = $1)
			OR (t.cooperative_id, t.colleague_id) IN (SELECT cooperative_id, id FROM members.role WHERE person_id = $1)`,
		`DELETE FROM coaching.handover` + theirs,
		`UPDATE coaching.handover t SET state = 'withdrawn', closed_at = proposed_at WHERE t.state IN ('proposed', 'agreed') AND (
			(t.cooperative_id, t.from_id) IN (SELECT cooperative_id, id FROM members.role WHERE person_id = $1)
			OR (t.cooperative_id, t.to_id) IN (SELECT cooperative_id, id FROM members.role WHERE person_id = $1))`,
		`DELETE FROM coaching.caseload` + theirs,
		`DELETE FROM coaching.caseload t WHERE (t.cooperative_id, t.coach_id) IN (SELECT cooperative_id, id FROM members.role WHERE person_id = $1)`,
	} {
		if _, err := tx.Exec(ctx, query, person); err != nil {
			return err
		}
	}
	return nil
}
