package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// readDemands fills in what the gig of the shift asks.
func readDemands(ctx context.Context, tx pgx.Tx, w *Work) error {
	const gig = `
		SELECT g.certificate, g.step, g.work_form FROM jobs.shift s
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		WHERE s.cooperative_id = $1 AND s.id = $2`
	if err := tx.QueryRow(ctx, gig, w.Cooperative, w.Shift).Scan(&w.Certificate, &w.Step, &w.Form); err != nil {
		return err
	}
	const skills = `
		SELECT k.skill_code, k.need, k.level FROM jobs.shift s
		JOIN jobs.gig_skill k ON k.cooperative_id = s.cooperative_id AND k.gig_id = s.gig_id
		WHERE s.cooperative_id = $1 AND s.id = $2 AND (k.need, k.level) <> ('useful', 'can') ORDER BY k.skill_code`
	rows, err := tx.Query(ctx, skills, w.Cooperative, w.Shift)
	if err != nil {
		return err
	}
	w.Asked, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (a jobs.AskedSkill, err error) {
		err = row.Scan(&a.Code, &a.Need, &a.Level)
		return a, err
	})
	return err
}

// readFitness fills in what of that is known of the candidates; most gigs ask
// nothing of it but the step.
func readFitness(ctx context.Context, tx pgx.Tx, w Work, only []members.MemberID, found []Candidate) error {
	at := make(map[members.MemberID]*Candidate, len(found))
	for i := range found {
		at[found[i].Member] = &found[i]
	}
	if err := readLevels(ctx, tx, w, only, at); err != nil {
		return err
	}
	const query = `
		SELECT m.id, coalesce(a.certificate = 'in_hand', false),
			coalesce((SELECT x.step FROM coaching.work_step x WHERE x.cooperative_id = m.cooperative_id AND x.member_id = m.id ORDER BY x.at DESC LIMIT 1), ''),
			EXISTS (SELECT FROM jobs.trial_placed WHERE trial_placed.cooperative_id = m.cooperative_id AND trial_placed.member_id = m.id AND client_id = $3
				AND gig_id <> (SELECT s.gig_id FROM jobs.shift s WHERE s.cooperative_id = $1 AND s.id = $2)
				AND NOT (` + jobs.TrialMissed + `))
			OR $5 AND EXISTS (SELECT FROM jobs.engagement e
				JOIN jobs.shift t ON t.cooperative_id = e.cooperative_id AND t.id = e.shift_id
				JOIN jobs.gig g ON g.cooperative_id = t.cooperative_id AND g.id = t.gig_id AND g.client_id = $3
				JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = $2 AND s.gig_id <> g.id
				WHERE e.cooperative_id = m.cooperative_id AND e.member_id = m.id AND e.starts_at < s.starts_at AND ` + jobs.HoldsSeat + `)
		FROM members.member m
		LEFT JOIN members.member_profile a ON a.cooperative_id = m.cooperative_id AND a.member_id = m.id
		WHERE m.cooperative_id = $1 AND ($4::uuid[] IS NULL OR m.id = ANY ($4))`
	rows, err := tx.Query(ctx, query, w.Cooperative, w.Shift, w.Client, only, w.Form == members.TrialPlacement)
	if err != nil {
		return err
	}
	var member members.MemberID
	var f Fitness
	_, err = pgx.ForEachRow(rows, []any{&member, &f.Certificate, &f.Step, &f.Tried}, func() error {
		if c, ok := at[member]; ok {
			f.Levels = c.Levels
			c.Fitness = f
		}
		return nil
	})
	return err
}

// readLevels reads how well they do what is asked at a level.
func readLevels(ctx context.Context, tx pgx.Tx, w Work, only []members.MemberID, at map[members.MemberID]*Candidate) error {
	if len(w.Asked) == 0 {
		return nil
	}
	var codes []string
	for _, a := range w.Asked {
		codes = append(codes, a.Code)
	}
	const query = `
		SELECT k.member_id, k.skill_code, k.level FROM members.member_skill k
		WHERE k.cooperative_id = $1 AND k.skill_code = ANY ($2) AND ($3::uuid[] IS NULL OR k.member_id = ANY ($3)) AND k.level <> 'can'`
	rows, err := tx.Query(ctx, query, w.Cooperative, codes, only)
	if err != nil {
		return err
	}
	var member members.MemberID
	var code string
	var level members.SkillLevel
	_, err = pgx.ForEachRow(rows, []any{&member, &code, &level}, func() error {
		if c, ok := at[member]; ok {
			if c.Levels == nil {
				c.Levels = map[string]members.SkillLevel{}
			}
			c.Levels[code] = level
		}
		return nil
	})
	return err
}
