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

func insertJobOffer(ctx context.Context, tx pgx.Tx, by members.Actor, o JobOffer, words []byte) error {
	const query = `
		INSERT INTO jobs.job_offer (id, cooperative_id, member_id, client_id, engagement_id, title, hours_week, starts_on, words, state, offered_by, offered_at, due_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8::date, $9, $10, $11, $12, $13)`
	_, err := tx.Exec(ctx, query, o.ID, by.Cooperative, o.Member, o.Client, o.Engagement, o.Title, o.Hours, string(o.Starts), words, string(o.State),
		by.Role, o.Offered, o.Due)
	if broke(err, "job_offer_one") {
		return ErrJobThere
	}
	return err
}

const jobColumns = `
	SELECT o.id, o.engagement_id, o.client_id, cl.name, o.member_id, who.name, o.title, o.hours_week, to_char(o.starts_on, 'YYYY-MM-DD'), o.words, o.state,
		o.offered_at, o.due_at, coalesce(o.closed_at, '0001-01-01 00:00:00Z'), coalesce(o.member_said, ''), o.member_reason,
		coalesce(o.coach_said, ''), o.coach_words, coalesce(cp.name, ''), who.id
	FROM jobs.job_offer o
	JOIN members.client cl ON cl.cooperative_id = o.cooperative_id AND cl.id = o.client_id
	JOIN members.member m ON m.cooperative_id = o.cooperative_id AND m.id = o.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person who ON who.id = r.person_id
	LEFT JOIN members.role cr ON cr.cooperative_id = o.cooperative_id AND cr.id = o.coach_id
	LEFT JOIN members.person cp ON cp.id = cr.person_id
	WHERE o.cooperative_id = $1 AND `

func scanJob(row pgx.Row) (k keptJob, err error) {
	err = row.Scan(&k.ID, &k.Engagement, &k.Client, &k.ClientName, &k.Member, &k.MemberName, &k.Title, &k.Hours, &k.Starts, &k.words, &k.State,
		&k.Offered, &k.Due, &k.Closed, &k.MemberSaid, &k.reason, &k.CoachSaid, &k.coachWords, &k.CoachName, &k.person)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return k, err
}

func findJob(ctx context.Context, db oneRower, c id.Cooperative, offer JobOfferID) (keptJob, error) {
	return scanJob(db.QueryRow(ctx, jobColumns+`o.id = $2`, c, offer))
}

func lockJob(ctx context.Context, tx pgx.Tx, c id.Cooperative, offer JobOfferID) (lockedJob, error) {
	return scanJob(tx.QueryRow(ctx, jobColumns+`o.id = $2 FOR UPDATE OF o`, c, offer))
}

// updateJob keeps what a member or a coach said, and when; a word that was taken
// back goes.
func updateJob(ctx context.Context, tx pgx.Tx, by members.Actor, o lockedJob, now time.Time) error {
	const query = `
		UPDATE jobs.job_offer SET state = $3, member_said = nullif($4, ''), member_reason = $5,
			member_at = CASE WHEN $4 = '' THEN NULL WHEN $8 = 'member' THEN $9 ELSE member_at END,
			coach_said = nullif($6, ''), coach_words = CASE WHEN $6 <> '' THEN $7::bytea END,
			coach_id = CASE WHEN $6 = '' THEN NULL WHEN $8 = 'coach' THEN $10 ELSE coach_id END,
			coach_at = CASE WHEN $6 = '' THEN NULL WHEN $8 = 'coach' THEN $9 ELSE coach_at END,
			closed_at = CASE WHEN $11 THEN NULL ELSE $9::timestamptz END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, o.ID, string(o.State), string(o.MemberSaid), o.reason, string(o.CoachSaid), o.coachWords,
		string(by.Kind), now, by.Role, o.State.Live())
	return err
}

// mostJobs is how many are listed at once.
const mostJobs = 200

func listJobs(ctx context.Context, db *pgxpool.Pool, by members.Actor) ([]keptJob, error) {
	const order = ` ORDER BY o.closed_at IS NOT NULL, o.offered_at DESC, o.id LIMIT $3`
	query, whose := `o.client_id = $2`, any(by.Client)
	switch by.Kind {
	case members.RoleMember:
		query, whose = `o.member_id = $2 AND NOT EXISTS (SELECT FROM members.client_block b
			WHERE b.cooperative_id = o.cooperative_id AND b.member_id = o.member_id AND b.client_id = o.client_id)`, by.Member
	case members.RoleCoordinator:
		query, whose = `$2::uuid IS NULL`, nil
	}
	rows, err := db.Query(ctx, jobColumns+query+order, by.Cooperative, whose, mostJobs)
	return collectJobs(rows, err)
}

// listJobsOf are those of which the member told their coach: who was asked first,
// or heard the yes.
func listJobsOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) ([]keptJob, error) {
	const query = jobColumns + `o.member_id = $2 AND (o.state IN ('coach_first', 'with_coach') OR o.coach_said IS NOT NULL)
		ORDER BY o.closed_at IS NOT NULL, o.offered_at DESC, o.id LIMIT $3`
	rows, err := tx.Query(ctx, query, c, m, mostJobs)
	return collectJobs(rows, err)
}

func collectJobs(rows pgx.Rows, err error) ([]keptJob, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (keptJob, error) { return scanJob(row) })
}

func countJobsTaken(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]JobsTaken, error) {
	const query = `
		SELECT extract(year FROM closed_at AT TIME ZONE 'Europe/Amsterdam')::int AS year, count(*)::int, false
		FROM jobs.job_offer WHERE cooperative_id = $1 AND state = 'taken' GROUP BY year ORDER BY year DESC`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[JobsTaken])
}
