package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func insertReview(ctx context.Context, tx pgx.Tx, r Review, words []byte, decidedAt time.Time) error {
	const query = `
		INSERT INTO members.review (id, cooperative_id, asked_by, restriction_id, client_id, refusal_id, deed_seq, decided_by, decided_at, words, state, asked_at, due_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'asked', $11, $12)`
	restriction, client, refusal, seq := r.Decision.columns()
	_, err := tx.Exec(ctx, query, r.ID, r.Cooperative, r.AskedBy, restriction, client, refusal, seq, r.DecidedBy, decidedAt, words, r.Asked, r.Due)
	if broke(err, "review_of_restriction") || broke(err, "review_of_client") || broke(err, "review_of_deed") || broke(err, "review_of_refusal") {
		return ErrDecided
	}
	return err
}

const reviewColumns = `
	SELECT v.id, v.cooperative_id, v.restriction_id, v.client_id, v.refusal_id, v.deed_seq, v.asked_by, a.name, v.decided_by, d.name, v.words, v.state,
		v.asked_at, v.due_at, v.taken_by, coalesce(t.name, ''), v.alone, coalesce(v.reminded_at, '0001-01-01 00:00:00Z'),
		coalesce(v.escalated_at, '0001-01-01 00:00:00Z'), coalesce(v.outcome, ''), v.answer,
		coalesce(v.answered_at, '0001-01-01 00:00:00Z')
	FROM members.review v
	JOIN members.person a ON a.id = v.asked_by
	JOIN members.person d ON d.id = v.decided_by
	LEFT JOIN members.person t ON t.id = v.taken_by `

func scanReview(row pgx.Row) (r keptReview, err error) {
	var restriction RestrictionID
	var client ClientID
	var refusal ClientRefusalID
	var seq *int64
	err = row.Scan(&r.ID, &r.Cooperative, &restriction, &client, &refusal, &seq, &r.AskedBy, &r.Asker, &r.DecidedBy, &r.Decider, &r.words, &r.State,
		&r.Asked, &r.Due, &r.TakenBy, &r.Taker, &r.Alone, &r.Reminded, &r.LateAt, &r.Outcome, &r.answer, &r.Answered)
	r.Decision = decisionOf(r.Cooperative, restriction, client, refusal, seq)
	return r, notFound(err)
}

func findReview(ctx context.Context, db rower, review ReviewID) (keptReview, error) {
	return scanReview(db.QueryRow(ctx, reviewColumns+`WHERE v.id = $1`, review))
}

func findReviewTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, review ReviewID) (Review, error) {
	kept, err := scanReview(tx.QueryRow(ctx, reviewColumns+`WHERE v.cooperative_id = $1 AND v.id = $2`, c, review))
	return kept.Review, err
}

func lockReview(ctx context.Context, tx pgx.Tx, c id.Cooperative, review ReviewID) (Review, error) {
	kept, err := scanReview(tx.QueryRow(ctx, reviewColumns+`WHERE v.cooperative_id = $1 AND v.id = $2 FOR UPDATE OF v`, c, review))
	return kept.Review, err
}

func listOpenReviews(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]keptReview, error) {
	rows, err := db.Query(ctx, reviewColumns+`WHERE v.cooperative_id = $1 AND v.state <> 'answered' ORDER BY v.due_at, v.id`, c)
	return collectReviews(rows, err)
}

func listAnsweredReviews(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, most int) ([]keptReview, error) {
	const query = reviewColumns + `WHERE v.cooperative_id = $1 AND v.state = 'answered' ORDER BY v.answered_at DESC, v.id LIMIT $2`
	rows, err := db.Query(ctx, query, c, most)
	return collectReviews(rows, err)
}

func collectReviews(rows pgx.Rows, err error) ([]keptReview, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (keptReview, error) { return scanReview(row) })
}

func updateReviewTaken(ctx context.Context, tx pgx.Tx, r Review, now time.Time) error {
	const query = `
		UPDATE members.review SET state = $3, taken_by = $4, taken_at = $5, alone = $6
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, r.Cooperative, r.ID, string(r.State), r.TakenBy, now, r.Alone)
	return err
}

func updateReviewAnswered(ctx context.Context, tx pgx.Tx, r Review, answer []byte) error {
	const query = `
		UPDATE members.review SET state = $3, outcome = $4, answer = $5, answered_at = $6
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, r.Cooperative, r.ID, string(r.State), string(r.Outcome), answer, r.Answered)
	return err
}

func updateReviewClock(ctx context.Context, tx pgx.Tx, r Review) error {
	const query = `
		UPDATE members.review SET reminded_at = $3, escalated_at = $4
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, r.Cooperative, r.ID, orNull(r.Reminded), orNull(r.LateAt))
	return err
}

// orNull stores the zero time as NULL.
func orNull(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}
