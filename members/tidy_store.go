package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
	"meent/internal/retention"
)

func deleteOldSignIns(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.sign_in`, `asked_at < $1`, at.Before)
}

func deleteOldEmailChanges(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.email_change`, `asked_at < $1`, at.Before)
}

func deleteOldPhoneChanges(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.phone_change`, `asked_at < $1`, at.Before)
}

func deleteOldFarewells(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.farewell`, `at < $1`, at.Before)
}

func deleteOldCards(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.sign_in_card`, `printed_at < $1`, at.Before)
}

func deleteOldChallenges(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.passkey_challenge`, `expires_at < $1`, at.Before)
}

func deleteOldGuesses(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.factor_guess`, `at < $1`, at.Before)
}

// deleteOldSessions goes by the database's clock, as FindCtx does. What ended is
// kept for longer than any request.
func deleteOldSessions(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const over = `expires_at <= now() OR ended_at < now() - make_interval(secs => $1)`
	return pg.DeleteSome(ctx, tx, `members.session`, over, at.Age.Seconds())
}

func deleteOldColleagueInvitations(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.client_invitation`, `expires_at < $1`, at.Before)
}

func deleteOldInvitations(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.invitation`, `expires_at < $1`, at.Before)
}

// deleteOldImports goes by the end that StartImport gave them, by the same rule.
func deleteOldImports(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.import`, `expires_at <= $1`, at.Now)
}

func deleteOldDays(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.member_day`, `day < $1::date`, string(DayOf(at.Before)))
}

func deleteOldGrants(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const over = `least(revoked_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam') < $1`
	return pg.DeleteSome(ctx, tx, `members.access_grant`, over, at.Before)
}

func deleteOldReads(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	return pg.DeleteSome(ctx, tx, `members.access_read`, `hour < $1`, at.Before)
}

// deleteOldReviews leaves those of a restriction that still holds. What was
// written when a client was refused goes with the review that let it in.
func deleteOldReviews(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const forget = `
		UPDATE members.client c SET refused_why = NULL, refused_to = NULL FROM members.review v
		WHERE v.state = 'answered' AND v.answered_at < $1 AND c.cooperative_id = v.cooperative_id AND c.id = v.client_id AND c.state = 'approved'`
	if _, err := tx.Exec(ctx, forget, at.Before); err != nil {
		return false, err
	}
	const over = `state = 'answered' AND answered_at < $1 AND NOT EXISTS (
		SELECT FROM members.restriction x WHERE x.cooperative_id = review.cooperative_id AND x.id = restriction_id AND x.lifted_at IS NULL)`
	return pg.DeleteSome(ctx, tx, `members.review`, over, at.Before)
}

func deleteOldRestrictions(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const over = `lifted_at < $1 AND NOT EXISTS (SELECT FROM members.review v WHERE v.cooperative_id = restriction.cooperative_id AND v.restriction_id = restriction.id)`
	return pg.DeleteSome(ctx, tx, `members.restriction`, over, at.Before)
}

// deleteOldRefusals takes those whose day, or end, is long over; a review goes
// before the refusal that it is about.
func deleteOldRefusals(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const over = `least(ended_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam') < $1
		AND NOT EXISTS (SELECT FROM members.review v WHERE v.refusal_id = client_refusal.id)`
	return pg.DeleteSome(ctx, tx, `members.client_refusal`, over, at.Before)
}

// deleteOldReasons takes the words out of the log of deeds, which holds without
// them. In each cooperative it looks at the oldest that are left.
func deleteOldReasons(ctx context.Context, tx pgx.Tx, at retention.Cut) (more bool, err error) {
	const query = `
		DELETE FROM members.audit_why w USING members.audit_head h, LATERAL (
			SELECT y.cooperative_id, y.seq FROM members.audit_why y
			WHERE y.cooperative_id = h.cooperative_id ORDER BY y.seq LIMIT $2) oldest, members.audit a
		WHERE w.cooperative_id = oldest.cooperative_id AND w.seq = oldest.seq
			AND a.cooperative_id = w.cooperative_id AND a.seq = w.seq AND a.at < $1`
	return pg.Full(tx.Exec(ctx, query, at.Before, pg.Some))
}
