package members

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

func upsertAnswer(ctx context.Context, tx pgx.Tx, by Actor, q Question, state AnswerState, now time.Time) error {
	const query = `
		INSERT INTO members.member_answer (cooperative_id, member_id, question, state, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT ON CONSTRAINT member_answer_pkey DO UPDATE SET state = excluded.state, at = excluded.at`
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Member, string(q), string(state), now)
	return err
}

// insertSkip leaves an answer as it is.
func insertSkip(ctx context.Context, tx pgx.Tx, by Actor, q Question, now time.Time) error {
	const query = `
		INSERT INTO members.member_answer (cooperative_id, member_id, question, state, at) VALUES ($1, $2, $3, 'skipped', $4)
		ON CONFLICT ON CONSTRAINT member_answer_pkey DO NOTHING`
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Member, string(q), now)
	return err
}

// setProfile writes these columns, names with commas between, of the member's
// answers.
func setProfile(ctx context.Context, tx pgx.Tx, by Actor, columns string, values ...any) error {
	places, excluded := "", ""
	for i, column := range strings.Split(columns, ", ") {
		places += ", $" + strconv.Itoa(i+3)
		excluded += ", excluded." + column
	}
	query := `INSERT INTO members.member_profile (cooperative_id, member_id, ` + columns + `) VALUES ($1, $2` + places + `)
		ON CONFLICT ON CONSTRAINT member_profile_pkey DO UPDATE SET (` + columns + `) = ROW(` + excluded[2:] + `)`
	_, err := tx.Exec(ctx, query, append([]any{by.Cooperative, by.Member}, values...)...)
	return err
}

func updatePersonName(ctx context.Context, tx pgx.Tx, person PersonID, name string) error {
	_, err := tx.Exec(ctx, `UPDATE members.person SET name = $2 WHERE id = $1`, person, name)
	return err
}

func updateJourney(ctx context.Context, tx pgx.Tx, by Actor, place string, j Journey) error {
	const query = `
		UPDATE members.member SET place_code = $3, reach_m = $4, travel = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Member, place, j.ReachMetres, string(j.Travel))
	return err
}

// replaceSkills keeps the level, and who saw it, of skills that stay.
func replaceSkills(ctx context.Context, tx pgx.Tx, by Actor, codes []string) error {
	const gone = `DELETE FROM members.member_skill WHERE cooperative_id = $1 AND member_id = $2 AND NOT skill_code = ANY ($3)`
	if _, err := tx.Exec(ctx, gone, by.Cooperative, by.Member, append([]string{}, codes...)); err != nil {
		return err
	}
	const fresh = `
		INSERT INTO members.member_skill (cooperative_id, member_id, skill_code)
		SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING`
	_, err := tx.Exec(ctx, fresh, by.Cooperative, by.Member, codes)
	return err
}

func updateLevel(ctx context.Context, tx pgx.Tx, by Actor, code string, level SkillLevel) error {
	const query = `UPDATE members.member_skill SET level = $4 WHERE cooperative_id = $1 AND member_id = $2 AND skill_code = $3`
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Member, code, string(level))
	return err
}

func replaceGoals(ctx context.Context, tx pgx.Tx, by Actor, codes []string) error {
	const gone = `DELETE FROM members.member_goal WHERE cooperative_id = $1 AND member_id = $2`
	if _, err := tx.Exec(ctx, gone, by.Cooperative, by.Member); err != nil {
		return err
	}
	const fresh = `
		INSERT INTO members.member_goal (cooperative_id, member_id, skill_code)
		SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING`
	_, err := tx.Exec(ctx, fresh, by.Cooperative, by.Member, codes)
	return err
}

func replaceAbilities(ctx context.Context, tx pgx.Tx, by Actor, a Abilities) error {
	const gone = `DELETE FROM members.member_ability WHERE cooperative_id = $1 AND member_id = $2`
	if _, err := tx.Exec(ctx, gone, by.Cooperative, by.Member); err != nil {
		return err
	}
	var codes, strengths []string
	for code, strength := range a {
		codes, strengths = append(codes, code), append(strengths, string(strength))
	}
	const fresh = `
		INSERT INTO members.member_ability (cooperative_id, member_id, ability_code, strength)
		SELECT $1, $2, * FROM unnest($3::text[], $4::text[])`
	_, err := tx.Exec(ctx, fresh, by.Cooperative, by.Member, codes, strengths)
	return err
}
