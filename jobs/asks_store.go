package jobs

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// replaceAsks writes what a gig asks, in place of what it asked.
func replaceAsks(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, a Asks) error {
	for _, table := range []string{"gig_skill", "gig_ability"} {
		if _, err := tx.Exec(ctx, `DELETE FROM jobs.`+table+` WHERE cooperative_id = $1 AND gig_id = $2`, c, gig); err != nil {
			return err
		}
	}
	var codes, needs, levels []string
	for _, s := range a.Skills {
		codes, needs, levels = append(codes, s.Code), append(needs, string(s.Need)), append(levels, string(s.Level))
	}
	const skills = `
		INSERT INTO jobs.gig_skill (cooperative_id, gig_id, skill_code, need, level)
		SELECT $1::uuid, $2::uuid, * FROM unnest($3::text[], $4::text[], $5::text[])`
	if _, err := tx.Exec(ctx, skills, c, gig, codes, needs, levels); err != nil {
		return fieldProblem(err)
	}
	const abilities = `
		INSERT INTO jobs.gig_ability (cooperative_id, gig_id, ability_code) SELECT DISTINCT $1::uuid, $2::uuid, unnest($3::text[])`
	if _, err := tx.Exec(ctx, abilities, c, gig, a.Abilities); err != nil {
		return err
	}
	const rest = `
		UPDATE jobs.gig SET physical = nullif($3, 0), sensory = nullif($4, 0), mental = nullif($5, 0), dutch = nullif($6, ''), certificate = $7,
			step = CASE WHEN work_form = 'trial_placement' THEN 'trial' ELSE $8 END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, rest, c, gig, a.Loads.Physical, a.Loads.Sensory, a.Loads.Mental, string(a.Dutch), a.Certificate, string(a.Step))
	return err
}

// findAsks reads what a gig asks: the required skills first.
func findAsks(ctx context.Context, db querier, c id.Cooperative, gig GigID) (a Asks, err error) {
	const skills = `
		SELECT s.code, s.group_code, s.nl, s.en, k.need, k.level
		FROM jobs.gig_skill k JOIN members.skill s ON s.code = k.skill_code
		WHERE k.cooperative_id = $1 AND k.gig_id = $2 ORDER BY k.need, s.nl`
	rows, err := db.Query(ctx, skills, c, gig)
	if err != nil {
		return a, err
	}
	a.Skills, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (s AskedSkill, err error) {
		err = row.Scan(&s.Code, &s.GroupCode, &s.NL, &s.EN, &s.Need, &s.Level)
		return s, err
	})
	if err != nil {
		return a, err
	}
	const rest = `
		SELECT coalesce(physical, 0), coalesce(sensory, 0), coalesce(mental, 0), coalesce(dutch, ''), certificate, step,
			ARRAY(SELECT k.ability_code FROM jobs.gig_ability k JOIN members.ability b ON b.code = k.ability_code
				WHERE k.cooperative_id = g.cooperative_id AND k.gig_id = g.id ORDER BY b.bit)
		FROM jobs.gig g WHERE cooperative_id = $1 AND id = $2`
	if rows, err = db.Query(ctx, rest, c, gig); err != nil {
		return a, err
	}
	_, err = pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (struct{}, error) {
		return struct{}{}, row.Scan(&a.Loads.Physical, &a.Loads.Sensory, &a.Loads.Mental, &a.Dutch, &a.Certificate, &a.Step, &a.Abilities)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return a, err
}

// copyAsks gives a draft what an earlier gig asks, and its work form.
func copyAsks(ctx context.Context, tx pgx.Tx, c id.Cooperative, from, to GigID) error {
	a, err := findAsks(ctx, tx, c, from)
	if err != nil {
		return err
	}
	if err := replaceAsks(ctx, tx, c, to, a); err != nil {
		return err
	}
	const form = `
		UPDATE jobs.gig SET work_form = (SELECT work_form FROM jobs.gig WHERE cooperative_id = $1 AND id = $2)
		WHERE cooperative_id = $1 AND id = $3`
	_, err = tx.Exec(ctx, form, c, from, to)
	return err
}
