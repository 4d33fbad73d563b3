package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// findSettled looks how far work is. It returns members.ErrNotFound.
func findSettled(ctx context.Context, tx pgx.Tx, c id.Cooperative, engagement EngagementID) (w settled, err error) {
	const query = `
		SELECT e.state, coalesce(` + isPartPay + `, false), coalesce(t.agreed_at, '0001-01-01 00:00:00Z')
		FROM jobs.engagement e
		LEFT JOIN jobs.timesheet t ON t.cooperative_id = e.cooperative_id AND t.engagement_id = e.id
		WHERE e.cooperative_id = $1 AND e.id = $2`
	err = tx.QueryRow(ctx, query, c, engagement).Scan(&w.state, &w.partPay, &w.agreed)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return w, err
}

func listSkillsOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) ([]members.Skill, error) {
	const query = `
		SELECT s.code, s.group_code, s.nl, s.en FROM jobs.gig_skill k JOIN members.skill s ON s.code = k.skill_code
		WHERE k.cooperative_id = $1 AND k.gig_id = $2 ORDER BY s.nl, s.code`
	rows, err := tx.Query(ctx, query, c, gig)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (s members.Skill, err error) {
		err = row.Scan(&s.Code, &s.GroupCode, &s.NL, &s.EN)
		return s, err
	})
}

// findGiven is what one side said already; nil for nothing. The caller holds the
// engagement.
func findGiven(ctx context.Context, tx pgx.Tx, c id.Cooperative, engagement EngagementID, side members.RoleKind) (*Feedback, error) {
	const query = `
		SELECT id, engagement_id, side, given_at, coalesce(answered_at, '0001-01-01 00:00:00Z') FROM jobs.feedback
		WHERE cooperative_id = $1 AND engagement_id = $2 AND side = $3`
	var f Feedback
	err := tx.QueryRow(ctx, query, c, engagement, string(side)).Scan(&f.ID, &f.Engagement, &f.Side, &f.Given, &f.Answered)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &f, err
}

// upsertFeedback replaces all that the side said. A sentence that was chosen is
// another now.
func upsertFeedback(ctx context.Context, tx pgx.Tx, by members.Actor, f Feedback, n NewFeedback, sentence []byte) error {
	const query = `
		INSERT INTO jobs.feedback (id, cooperative_id, engagement_id, side, by_role_id, welcome, clear, safe, pace, sentence, given_at)
		VALUES ($1, $2, $3, $4, $5, nullif($6, ''), nullif($7, ''), nullif($8, ''), nullif($9, ''), $10, $11)
		ON CONFLICT (cooperative_id, engagement_id, side) DO UPDATE SET by_role_id = excluded.by_role_id, welcome = excluded.welcome,
			clear = excluded.clear, safe = excluded.safe, pace = excluded.pace, sentence = excluded.sentence, chosen = false`
	if _, err := tx.Exec(ctx, query, f.ID, by.Cooperative, f.Engagement, string(f.Side), by.Role, string(n.Place[Welcome]), string(n.Place[Clear]),
		string(n.Place[Safe]), string(n.Place[Pace]), sentence, f.Given); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM jobs.feedback_skill WHERE cooperative_id = $1 AND feedback_id = $2`, by.Cooperative, f.ID); err != nil {
		return err
	}
	for code, word := range n.Skills {
		const query = `INSERT INTO jobs.feedback_skill (cooperative_id, feedback_id, skill_code, word) VALUES ($1, $2, $3, $4)`
		if _, err := tx.Exec(ctx, query, by.Cooperative, f.ID, code, string(word)); err != nil {
			return err
		}
	}
	return nil
}

func updateFeedbackAnswered(ctx context.Context, tx pgx.Tx, by members.Actor, f FeedbackID, answer []byte, now time.Time) error {
	const query = `UPDATE jobs.feedback SET answer = $3, answered_by = $4, answered_at = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, f, answer, by.Role, now)
	return err
}

func updateFeedbackChosen(ctx context.Context, db *pgxpool.Pool, by members.Actor, engagement EngagementID, chosen bool) error {
	const query = `
		UPDATE jobs.feedback f SET chosen = $4 FROM jobs.engagement e
		WHERE f.cooperative_id = $1 AND f.engagement_id = $2 AND f.side = 'client' AND f.sentence IS NOT NULL
			AND e.cooperative_id = f.cooperative_id AND e.id = f.engagement_id AND e.member_id = $3`
	tag, err := db.Exec(ctx, query, by.Cooperative, engagement, by.Member, chosen)
	if err == nil && tag.RowsAffected() == 0 {
		err = members.ErrNotFound
	}
	return err
}

// mostFeedbackListed is how much is listed at once.
const mostFeedbackListed = 200

// listFeedback reads feedback with its skills; those is a condition over f, e and
// g on $2, in the cooperative $1.
func listFeedback(ctx context.Context, db members.Querier, those string, c id.Cooperative, whose any) ([]keptFeedback, error) {
	query := `
		SELECT f.id, f.engagement_id, f.side, p.name, coalesce(f.welcome, ''), coalesce(f.clear, ''), coalesce(f.safe, ''), coalesce(f.pace, ''),
			f.sentence, f.given_at, f.answer, coalesce(f.answered_at, '0001-01-01 00:00:00Z'), f.chosen, who.id, g.title, g.language, cl.name, e.starts_at,
			ARRAY(SELECT k.skill_code FROM jobs.feedback_skill k WHERE k.cooperative_id = f.cooperative_id AND k.feedback_id = f.id ORDER BY k.skill_code),
			ARRAY(SELECT k.word FROM jobs.feedback_skill k WHERE k.cooperative_id = f.cooperative_id AND k.feedback_id = f.id ORDER BY k.skill_code),
			ARRAY(SELECT s.nl FROM jobs.feedback_skill k JOIN members.skill s ON s.code = k.skill_code
				WHERE k.cooperative_id = f.cooperative_id AND k.feedback_id = f.id ORDER BY k.skill_code),
			ARRAY(SELECT s.en FROM jobs.feedback_skill k JOIN members.skill s ON s.code = k.skill_code
				WHERE k.cooperative_id = f.cooperative_id AND k.feedback_id = f.id ORDER BY k.skill_code)
		FROM jobs.feedback f
		JOIN jobs.engagement e ON e.cooperative_id = f.cooperative_id AND e.id = f.engagement_id
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.client cl ON cl.cooperative_id = g.cooperative_id AND cl.id = g.client_id
		JOIN members.role b ON b.cooperative_id = f.cooperative_id AND b.id = f.by_role_id
		JOIN members.person p ON p.id = b.person_id
		JOIN members.member m ON m.cooperative_id = e.cooperative_id AND m.id = e.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person who ON who.id = r.person_id
		WHERE f.cooperative_id = $1 AND ` + those + ` ORDER BY e.starts_at DESC, f.id LIMIT $3`
	rows, err := db.Query(ctx, query, c, whose, mostFeedbackListed)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFeedback)
}

func scanFeedback(row pgx.CollectableRow) (k keptFeedback, err error) {
	words, place := []SkillWord(nil), [4]PlaceWord{}
	var codes, nl, en []string
	err = row.Scan(&k.ID, &k.Engagement, &k.Side, &k.By, &place[0], &place[1], &place[2], &place[3], &k.sentence, &k.Given, &k.answer, &k.Answered,
		&k.Chosen, &k.person, &k.Text, &k.Language, &k.ClientName, &k.Starts, &codes, &words, &nl, &en)
	k.Place = map[Aspect]PlaceWord{}
	for i, aspect := range Aspects() {
		if place[i] != "" {
			k.Place[aspect] = place[i]
		}
	}
	for i, code := range codes {
		k.Skills = append(k.Skills, SkillFeedback{Skill: members.Skill{Code: code, NL: nl[i], EN: en[i]}, Word: words[i]})
	}
	return k, err
}

const feedbackHead = `
	SELECT f.id, f.engagement_id, f.side, f.given_at, e.member_id, r.id, r.person_id, r.kind, r.client_id
	FROM jobs.feedback f
	JOIN jobs.engagement e ON e.cooperative_id = f.cooperative_id AND e.id = f.engagement_id
	JOIN members.role r ON r.cooperative_id = f.cooperative_id AND r.id = f.by_role_id
	WHERE f.cooperative_id = $1 AND f.id = $2`

// oneRower is a pool or a transaction.
type oneRower interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// findFeedback also gives who gave it, and the member. It returns
// members.ErrNotFound.
func findFeedback(ctx context.Context, db oneRower, c id.Cooperative, f FeedbackID) (Feedback, members.Actor, members.MemberID, error) {
	return scanFeedbackHead(c, db.QueryRow(ctx, feedbackHead, c, f))
}

// lockFeedback is findFeedback of one that nobody else changes meanwhile: who
// does holds the engagement.
func lockFeedback(ctx context.Context, tx pgx.Tx, c id.Cooperative, f FeedbackID) (Feedback, members.Actor, members.MemberID, error) {
	return scanFeedbackHead(c, tx.QueryRow(ctx, feedbackHead+` FOR UPDATE OF e`, c, f))
}

func scanFeedbackHead(c id.Cooperative, row pgx.Row) (f Feedback, by members.Actor, m members.MemberID, err error) {
	by.Cooperative = c
	err = row.Scan(&f.ID, &f.Engagement, &f.Side, &f.Given, &m, &by.Role, &by.Person, &by.Kind, &by.Client)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return f, by, m, err
}

// listPraised are the skills that went well, each at the level that the gig asks.
func listPraised(ctx context.Context, tx pgx.Tx, c id.Cooperative, f FeedbackID) ([]members.Seen, error) {
	const query = `
		SELECT k.skill_code, coalesce((SELECT a.level FROM jobs.feedback f
			JOIN jobs.engagement e ON e.cooperative_id = f.cooperative_id AND e.id = f.engagement_id
			JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
			JOIN jobs.gig_skill a ON a.cooperative_id = s.cooperative_id AND a.gig_id = s.gig_id AND a.skill_code = k.skill_code
			WHERE f.cooperative_id = k.cooperative_id AND f.id = k.feedback_id), '')
		FROM jobs.feedback_skill k WHERE k.cooperative_id = $1 AND k.feedback_id = $2 AND k.word = 'well' ORDER BY k.skill_code`
	rows, err := tx.Query(ctx, query, c, f)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[members.Seen])
}
