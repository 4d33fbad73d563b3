package coaching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// lockReleases lets one transaction at a time change the member's releases, and
// gives who follows them, or nobody.
func lockReleases(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (coach members.RoleID, err error) {
	if coach, err = lockCoach(ctx, tx, c, m); err != nil { // before the member, as GrantTx does
		return coach, err
	}
	const lock = `SELECT id FROM members.member WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	var found members.MemberID
	return coach, gone(tx.QueryRow(ctx, lock, c, m).Scan(&found))
}

// expireReleases makes room for new ones.
func expireReleases(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, today members.Day) error {
	const query = `
		UPDATE coaching.release SET state = 'expired', ended_at = (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'
		WHERE cooperative_id = $1 AND member_id = $2 AND state IN ('asked', 'released') AND until < $3::date`
	_, err := tx.Exec(ctx, query, c, m, string(today))
	return err
}

// releasable is what decides whether a member can be shown to a client.
type releasable struct{ alumni, approved, blocked, live, alone bool }

func findReleasable(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, client members.ClientID) (r releasable, err error) {
	const query = `
		SELECT m.state = 'alumni',
			EXISTS (SELECT FROM members.client c WHERE c.cooperative_id = m.cooperative_id AND c.id = $3 AND c.state = 'approved'),
			EXISTS (SELECT FROM members.client_block b WHERE b.cooperative_id = m.cooperative_id AND b.member_id = m.id AND b.client_id = $3),
			EXISTS (SELECT FROM coaching.release r WHERE r.cooperative_id = m.cooperative_id AND r.member_id = m.id AND r.client_id = $3 AND r.state IN ('asked', 'released') AND NOT r.alone),
			EXISTS (SELECT FROM coaching.release r WHERE r.cooperative_id = m.cooperative_id AND r.member_id = m.id AND r.client_id = $3 AND r.state IN ('asked', 'released') AND r.alone)
		FROM members.member m WHERE m.cooperative_id = $1 AND m.id = $2`
	return r, gone(tx.QueryRow(ctx, query, c, m, client).Scan(&r.alumni, &r.approved, &r.blocked, &r.live, &r.alone))
}

func insertRelease(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, r keptRelease, now time.Time) error {
	const query = `
		INSERT INTO coaching.release (id, cooperative_id, member_id, client_id, state, until, alone, sentence, begun_by, begun_at, member_at, coach_id, coach_at, released_at)
		VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8, $9, $10, CASE WHEN $11 THEN $10::timestamptz END,
			CASE WHEN $12 THEN $9::uuid END, CASE WHEN $12 THEN $10::timestamptz END, CASE WHEN $5 = 'released' THEN $10::timestamptz END)`
	_, err := tx.Exec(ctx, query, r.ID, by.Cooperative, m, r.Client, string(r.State), string(r.Until), r.Alone, r.sentence, by.Role, now, r.MemberKey, r.CoachKey)
	return err
}

const releases = `
	SELECT r.id, r.client_id, c.name, r.state, to_char(r.until, 'YYYY-MM-DD'), r.alone, r.sentence, r.begun_at, r.begun_by, b.kind = 'coach',
		r.member_at IS NOT NULL, r.coach_at IS NOT NULL, mr.person_id
	FROM coaching.release r
	JOIN members.client c ON c.cooperative_id = r.cooperative_id AND c.id = r.client_id
	JOIN members.role b ON b.cooperative_id = r.cooperative_id AND b.id = r.begun_by
	JOIN members.member m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
	JOIN members.role mr ON mr.cooperative_id = m.cooperative_id AND mr.id = m.role_id
	WHERE r.cooperative_id = $1 AND r.member_id = $2`

// mostReleases is how many are listed at once.
const mostReleases = 50

func listReleases(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, today members.Day) ([]keptRelease, error) {
	rows, err := tx.Query(ctx, releases+` ORDER BY r.state IN ('asked', 'released') AND r.until >= $3::date DESC, r.begun_at DESC, r.id LIMIT $4`, c, m, string(today), mostReleases)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (keptRelease, error) { return scanRelease(row, today) })
}

func lockRelease(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, release ReleaseID, today members.Day) (keptRelease, error) {
	r, err := scanRelease(tx.QueryRow(ctx, releases+` AND r.id = $3 FOR UPDATE OF r`, c, m, release), today)
	return r, gone(err)
}

func scanRelease(row pgx.Row, today members.Day) (r keptRelease, err error) {
	err = row.Scan(&r.ID, &r.Client, &r.ClientName, &r.State, &r.Until, &r.Alone, &r.sentence, &r.Begun, &r.begunBy, &r.ByCoach, &r.MemberKey, &r.CoachKey, &r.person)
	r.State = stateOn(r.State, r.Until, today)
	return r, err
}

// updateRelease keeps when each key was turned first, and whose the coach's is.
func updateRelease(ctx context.Context, tx pgx.Tx, by members.Actor, r keptRelease, now time.Time) error {
	const query = `
		UPDATE coaching.release SET state = $3, alone = $4, sentence = $5,
			member_at = CASE WHEN $6 THEN coalesce(member_at, $7) END,
			coach_id = CASE WHEN $8 THEN coalesce(coach_id, $9) END, coach_at = CASE WHEN $8 THEN coalesce(coach_at, $7) END,
			released_at = CASE WHEN $3 = 'released' THEN $7::timestamptz END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, r.ID, string(r.State), r.Alone, r.sentence, r.MemberKey, now, r.CoachKey, by.Role)
	return err
}

func endRelease(ctx context.Context, tx pgx.Tx, by members.Actor, r keptRelease, now time.Time) error {
	const query = `UPDATE coaching.release SET state = $3, ended_at = $4, ended_by = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, r.ID, string(r.State), now, by.Role)
	return err
}

// endReleasesTo ends what the acting member shows to a client, or was asked to.
func endReleasesTo(ctx context.Context, tx pgx.Tx, by members.Actor, client members.ClientID, now time.Time) error {
	const query = `
		UPDATE coaching.release SET state = CASE state WHEN 'released' THEN 'revoked' ELSE 'withdrawn' END, ended_at = $4, ended_by = $5
		WHERE cooperative_id = $1 AND member_id = $2 AND client_id = $3 AND state IN ('asked', 'released')`
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Member, client, now, by.Role)
	return err
}

// endReleasedAlone lets one that opens now take the place of what the member
// showed the client alone.
func endReleasedAlone(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, r keptRelease, now time.Time) error {
	const query = `
		UPDATE coaching.release SET state = 'revoked', ended_at = $5, ended_by = $6
		WHERE cooperative_id = $1 AND member_id = $2 AND client_id = $3 AND id <> $4 AND state = 'released' AND alone`
	_, err := tx.Exec(ctx, query, by.Cooperative, m, r.Client, r.ID, now, by.Role)
	return err
}

func dropCoachKeys(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, coach members.RoleID, now time.Time) error {
	const query = `
		UPDATE coaching.release SET coach_id = NULL, coach_at = NULL,
			state = CASE WHEN member_at IS NULL THEN 'withdrawn' ELSE state END, ended_at = CASE WHEN member_at IS NULL THEN $4::timestamptz END
		WHERE cooperative_id = $1 AND member_id = $2 AND state = 'asked' AND coach_id = $3`
	_, err := tx.Exec(ctx, query, c, m, coach, now)
	return err
}

// listShownClients leaves those out whom the member keeps away, where the member
// asks: nobody else may learn who that is.
func listShownClients(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, own bool) ([]ShownClient, error) {
	const query = `
		SELECT c.id, c.name FROM members.client c
		WHERE c.cooperative_id = $1 AND c.state = 'approved' AND NOT ($3 AND EXISTS (SELECT FROM members.client_block b
			WHERE b.cooperative_id = c.cooperative_id AND b.member_id = $2 AND b.client_id = c.id))
		ORDER BY c.name, c.id`
	rows, err := tx.Query(ctx, query, c, m, own)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[ShownClient])
}

// openTo holds for what the acting client may see now. A former member, one who
// came back since, and one who keeps the client away show nothing.
const openTo = `
	FROM coaching.release r
	JOIN members.client c ON c.cooperative_id = r.cooperative_id AND c.id = r.client_id AND c.state = 'approved'
	JOIN members.member m ON m.cooperative_id = r.cooperative_id AND m.id = r.member_id
		AND m.state <> 'alumni' AND (m.alumni_at IS NULL OR m.alumni_at < r.released_at)
	JOIN members.role mr ON mr.cooperative_id = m.cooperative_id AND mr.id = m.role_id AND mr.ended_at IS NULL
	WHERE r.cooperative_id = $1 AND r.client_id = $2 AND r.state = 'released' AND r.until >= $3::date
		AND NOT EXISTS (SELECT FROM members.client_block b
			WHERE b.cooperative_id = r.cooperative_id AND b.member_id = r.member_id AND b.client_id = r.client_id)`

func listShownPeople(ctx context.Context, db *pgxpool.Pool, by members.Actor, today members.Day) ([]ShownPerson, error) {
	const query = `
		SELECT shown.id, p.name, pl.name, shown.until
		FROM (SELECT r.id, r.until::text, m.place_code, mr.person_id` + openTo + `) shown
		JOIN members.person p ON p.id = shown.person_id
		JOIN members.place pl ON pl.code = shown.place_code
		ORDER BY p.name, shown.id LIMIT 200`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Client, string(today))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p ShownPerson, err error) {
		err = row.Scan(&p.Release, &p.FirstName, &p.PlaceName, &p.Until)
		p.FirstName = members.FirstName(p.FirstName)
		return p, err
	})
}

// openRelease is a release that a client reads.
type openRelease struct {
	member   members.MemberID
	person   members.PersonID
	sentence []byte
	Until    members.Day
}

// lockOpenRelease keeps it open until the transaction ends.
func lockOpenRelease(ctx context.Context, tx pgx.Tx, by members.Actor, release ReleaseID, today members.Day) (o openRelease, err error) {
	const query = `SELECT r.member_id, mr.person_id, r.sentence, to_char(r.until, 'YYYY-MM-DD')` + openTo + ` AND r.id = $4 FOR SHARE OF r`
	err = tx.QueryRow(ctx, query, by.Cooperative, by.Client, string(today), release).Scan(&o.member, &o.person, &o.sentence, &o.Until)
	if errors.Is(err, pgx.ErrNoRows) {
		return o, members.ErrNotFound
	}
	return o, err
}
