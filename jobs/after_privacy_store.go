package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/owndata"
	"meent/members"
)

// ofErased names the memberships of a person, to put in a condition.
const ofErased = `(cooperative_id, member_id) IN (SELECT m.cooperative_id, m.id FROM members.member m
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id WHERE r.person_id = $1)`

// eraseAfter forgets what was said about the member's work, and who asked for them.
// That somebody took a job stays, under the pseudonym: it is counted. The words
// nobody can read without the person's key. What still waits for the member ends.
func eraseAfter(ctx context.Context, tx pgx.Tx, e members.Erasing) error {
	for _, query := range []string{
		`DELETE FROM jobs.feedback f USING jobs.engagement t WHERE t.cooperative_id = f.cooperative_id AND t.id = f.engagement_id
			AND (t.cooperative_id, t.member_id) IN (SELECT m.cooperative_id, m.id FROM members.member m
				JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id WHERE r.person_id = $1)`,
		`DELETE FROM jobs.favourite WHERE ` + ofErased,
		`DELETE FROM jobs.job_offer WHERE state <> 'taken' AND ` + ofErased,
	} {
		if _, err := tx.Exec(ctx, query, e.Person); err != nil {
			return err
		}
	}
	return nil
}

// ownAfter is what both sides said, asked and offered after the work. Who wrote for
// a client gets that they did, and not about whom.
func ownAfter() []owndata.Query {
	const work = `
		JOIN jobs.shift s ON s.cooperative_id = t.cooperative_id AND s.id = t.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.client cl ON cl.cooperative_id = g.cooperative_id AND cl.id = g.client_id`
	const role = `
		JOIN members.cooperative c ON c.id = t.cooperative_id
		JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id = `
	return []owndata.Query{
		{Name: "feedback", From: "jobs.feedback", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, g.title, t.starts_at, f.side,
				f.welcome, f.clear, f.safe, f.pace, f.sentence, 'feedback.sentence@' || f.id AS "sentence@", f.given_at,
				f.answer, 'feedback.answer@' || f.id AS "answer@", f.answered_at, f.chosen
			FROM jobs.feedback f
			JOIN jobs.engagement t ON t.cooperative_id = f.cooperative_id AND t.id = f.engagement_id` + work + members.OwnRows + `ORDER BY t.starts_at, f.id`},
		{Name: "feedback_skills", From: "jobs.feedback_skill", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, g.title, t.starts_at, k.skill_code AS skill, k.word
			FROM jobs.feedback_skill k
			JOIN jobs.feedback f ON f.cooperative_id = k.cooperative_id AND f.id = k.feedback_id
			JOIN jobs.engagement t ON t.cooperative_id = f.cooperative_id AND t.id = f.engagement_id` + work + members.OwnRows + `ORDER BY t.starts_at, f.id, k.skill_code`},
		{Name: "feedback_given", From: "jobs.feedback", SQL: `
			SELECT c.name AS cooperative, t.given_at FROM jobs.feedback t` + role + `t.by_role_id
			WHERE r.person_id = $1 AND t.side = 'client' ORDER BY t.given_at, t.id`},
		{Name: "favourites", From: "jobs.favourite", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, t.state, t.asked_at, t.answered_at, t.ended_at, t.ended_side
			FROM jobs.favourite t
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id` + members.OwnRows + `ORDER BY t.asked_at, t.id`},
		{Name: "favourites_asked", From: "jobs.favourite", SQL: `
			SELECT c.name AS cooperative, t.asked_at FROM jobs.favourite t` + role + `t.asked_by WHERE r.person_id = $1 ORDER BY t.asked_at, t.id`},
		{Name: "job_offers", From: "jobs.job_offer", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, t.title, t.hours_week, t.starts_on, t.words, 'job_offer.words@' || t.id AS "words@", t.state, t.offered_at, t.due_at,
				t.member_said, t.member_reason, 'job_offer.member_reason@' || t.id AS "member_reason@", t.member_at,
				t.coach_said, t.coach_words, 'job_offer.coach_words@' || t.id AS "coach_words@", cp.name AS coach, t.coach_at, t.closed_at
			FROM jobs.job_offer t
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id
			LEFT JOIN members.role cr ON cr.cooperative_id = t.cooperative_id AND cr.id = t.coach_id
			LEFT JOIN members.person cp ON cp.id = cr.person_id` + members.OwnRows + `ORDER BY t.offered_at, t.id`},
		{Name: "job_offers_made", From: "jobs.job_offer", SQL: `
			SELECT c.name AS cooperative, t.title, t.offered_at, r.id = t.coach_id AS advised FROM jobs.job_offer t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role r ON r.cooperative_id = t.cooperative_id AND r.id IN (t.offered_by, t.coach_id)
			WHERE r.person_id = $1 ORDER BY t.offered_at, t.id`},
	}
}
