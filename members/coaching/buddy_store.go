package coaching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// findMemberByEmail finds somebody who works here. It returns members.ErrNotFound.
func findMemberByEmail(ctx context.Context, tx pgx.Tx, c id.Cooperative, email string) (m members.MemberID, err error) {
	const query = `
		SELECT m.id FROM members.person p
		JOIN members.role r ON r.person_id = p.id AND r.cooperative_id = $1 AND r.kind = 'member' AND r.ended_at IS NULL
		JOIN members.member m ON m.cooperative_id = r.cooperative_id AND m.role_id = r.id AND m.state IN ('trial', 'member')
		WHERE p.email = lower($2) AND p.erased_at IS NULL`
	return m, gone(tx.QueryRow(ctx, query, c, email).Scan(&m))
}

func isAlumni(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (alumni bool, err error) {
	return alumni, gone(tx.QueryRow(ctx, `SELECT state = 'alumni' FROM members.member WHERE cooperative_id = $1 AND id = $2`, c, m).Scan(&alumni))
}

// countBuddyAsks counts what the acting person asked, whoever was there.
func countBuddyAsks(ctx context.Context, tx pgx.Tx, by members.Actor, since time.Time) (n int, err error) {
	const query = `SELECT count(*) FROM members.audit WHERE by_id = $1 AND at >= $2 AND by_kind = 'member' AND what = 'buddy_asked'`
	return n, tx.QueryRow(ctx, query, by.Person, since).Scan(&n)
}

func wasToldOfBuddy(ctx context.Context, tx pgx.Tx, c id.Cooperative, buddy members.MemberID, since time.Time) (told bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM coaching.buddy WHERE cooperative_id = $1 AND buddy_id = $2 AND told_at > $3)`
	return told, tx.QueryRow(ctx, query, c, buddy, since).Scan(&told)
}

// endOldBuddy closes one whose last day is over, so that another may come.
func endOldBuddy(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, today members.Day) error {
	const query = `
		UPDATE coaching.buddy SET state = 'ended', closed_at = greatest(asked_at, (until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam')
		WHERE cooperative_id = $1 AND member_id = $2 AND state = 'on' AND until < $3::date`
	_, err := tx.Exec(ctx, query, c, m, string(today))
	return err
}

// endAskedBuddy makes room for another whom the member asks. It returns
// ErrBuddyThere when they have a buddy, or are asked themselves.
func endAskedBuddy(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, today members.Day, now time.Time) error {
	const end = `
		UPDATE coaching.buddy SET state = 'ended', closed_at = greatest(asked_at, $3)
		WHERE cooperative_id = $1 AND member_id = $2 AND state = 'asked' AND member_yes`
	if _, err := tx.Exec(ctx, end, c, m, now); err != nil {
		return err
	}
	const there = `
		SELECT EXISTS (SELECT FROM coaching.buddy WHERE cooperative_id = $1 AND member_id = $2 AND (state = 'asked' OR state = 'on' AND until >= $3::date))`
	var taken bool
	err := tx.QueryRow(ctx, there, c, m, string(today)).Scan(&taken)
	if err == nil && taken {
		return ErrBuddyThere
	}
	return err
}

// insertBuddy wants both to work here. It returns ErrBuddyThere and
// members.ErrNotFound.
func insertBuddy(ctx context.Context, tx pgx.Tx, by members.Actor, pair BuddyID, m, buddy members.MemberID, yes, tells bool, now time.Time) error {
	const query = `
		INSERT INTO coaching.buddy (id, cooperative_id, member_id, buddy_id, state, member_yes, asked_at, asked_by, told_at)
		SELECT $1, $2, m.id, b.id, 'asked', $5, $6, $7, CASE WHEN $8 THEN $6::timestamptz END
		FROM members.member m JOIN members.member b ON b.cooperative_id = m.cooperative_id AND b.id = $4 AND b.state IN ('trial', 'member')
		WHERE m.cooperative_id = $2 AND m.id = $3 AND m.state <> 'alumni'`
	tag, err := tx.Exec(ctx, query, pair, by.Cooperative, m, buddy, yes, now, by.Role, tells)
	var broken *pgconn.PgError
	if errors.As(err, &broken) && broken.ConstraintName == "buddy_one_open" {
		return ErrBuddyThere
	}
	if err == nil && tag.RowsAffected() == 0 {
		return members.ErrNotFound
	}
	return err
}

func markBuddy(ctx context.Context, tx pgx.Tx, c id.Cooperative, b Buddy, to BuddyState, until members.Day, now time.Time) error {
	const query = `
		UPDATE coaching.buddy SET state = $3, buddy_yes = buddy_yes OR $3 IN ('asked', 'on'), member_yes = member_yes OR $3 = 'on', until = CASE WHEN $3 IN ('on', 'ended') THEN $4::date END,
			closed_at = CASE WHEN $3 IN ('refused', 'ended') THEN greatest(asked_at, $5) END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, b.ID, string(to), string(until), now)
	return err
}

// partBuddies ends what is open of a former member, on either side.
func partBuddies(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, now time.Time) error {
	const query = `
		UPDATE coaching.buddy b SET state = 'ended', closed_at = greatest(b.asked_at, $3)
		FROM members.member m
		WHERE m.cooperative_id = $1 AND m.id = $2 AND m.state = 'alumni'
			AND b.cooperative_id = m.cooperative_id AND (b.member_id = m.id OR b.buddy_id = m.id) AND b.state IN ('asked', 'on')`
	_, err := tx.Exec(ctx, query, c, m, now)
	return err
}

const selectBuddy = `
	SELECT b.id, b.member_id, p.name, b.buddy_id, br.id, bp.name, b.state, b.member_yes, b.buddy_yes, coalesce(to_char(b.until, 'YYYY-MM-DD'), ''), p.id
	FROM coaching.buddy b
	JOIN members.member m ON m.cooperative_id = b.cooperative_id AND m.id = b.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person p ON p.id = r.person_id
	JOIN members.member bm ON bm.cooperative_id = b.cooperative_id AND bm.id = b.buddy_id
	JOIN members.role br ON br.cooperative_id = bm.cooperative_id AND br.id = bm.role_id
	JOIN members.person bp ON bp.id = br.person_id
	WHERE b.cooperative_id = $1`

func scanBuddy(row pgx.Row) (b Buddy, err error) {
	return b, gone(row.Scan(&b.ID, &b.Member, &b.MemberName, &b.Buddy, &b.BuddyRole, &b.BuddyName, &b.State, &b.MemberYes, &b.BuddyYes, &b.Until, &b.person))
}

// listBuddies gives what is open: the member's own, but not whom they asked, or
// where they are the buddy. Who is helped is told once they said yes, too.
func listBuddies(ctx context.Context, db *pgxpool.Pool, by members.Actor, own bool, today members.Day) ([]Buddy, error) {
	const query = selectBuddy + ` AND ($3 AND b.member_id = $2 AND (b.state = 'on' OR NOT b.member_yes AND b.buddy_yes) OR NOT $3 AND b.buddy_id = $2 AND (b.state = 'on' OR NOT b.buddy_yes))
		AND (b.state = 'asked' OR b.state = 'on' AND b.until >= $4::date) AND bm.state IN ('trial', 'member') AND m.state <> 'alumni' ORDER BY p.name, b.id`
	if by.Kind != members.RoleMember {
		return nil, nil
	}
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member, own, string(today))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Buddy, error) {
		b, err := scanBuddy(row)
		if !own && !b.MemberYes {
			b.MemberName = ""
		}
		return b, err
	})
}

// findBuddyMember says who is helped, to either of the two.
func findBuddyMember(ctx context.Context, tx pgx.Tx, by members.Actor, pair BuddyID) (m members.MemberID, err error) {
	const query = `SELECT member_id FROM coaching.buddy WHERE cooperative_id = $1 AND id = $2 AND (buddy_id = $3 OR member_id = $3 AND buddy_yes)`
	return m, gone(tx.QueryRow(ctx, query, by.Cooperative, pair, by.Member).Scan(&m))
}

func lockBuddy(ctx context.Context, tx pgx.Tx, by members.Actor, pair BuddyID) (Buddy, error) {
	return scanBuddy(tx.QueryRow(ctx, selectBuddy+` AND b.id = $2 FOR UPDATE OF b`, by.Cooperative, pair))
}

const liveBuddy = `b.state = 'on' AND b.until >= `

// findLiveBuddy returns members.ErrNotFound unless the actor is the member's
// buddy today, and works here; nobody is a former member's.
func findLiveBuddy(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, today members.Day) error {
	const query = `
		SELECT b.id FROM coaching.buddy b
		JOIN members.member bm ON bm.cooperative_id = b.cooperative_id AND bm.id = b.buddy_id AND bm.state IN ('trial', 'member') AND bm.role_id = $4
		JOIN members.member m ON m.cooperative_id = b.cooperative_id AND m.id = b.member_id AND m.state <> 'alumni'
		WHERE b.cooperative_id = $1 AND b.member_id = $2 AND b.buddy_id = $3 AND ` + liveBuddy + `$5::date`
	var found BuddyID
	return gone(tx.QueryRow(ctx, query, by.Cooperative, m, by.Member, by.Role, string(today)).Scan(&found))
}

func findBuddyUntil(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, role members.RoleID, today members.Day) (until members.Day, err error) {
	const query = `
		SELECT to_char(b.until, 'YYYY-MM-DD') FROM coaching.buddy b
		JOIN members.member bm ON bm.cooperative_id = b.cooperative_id AND bm.id = b.buddy_id AND bm.role_id = $3
		WHERE b.cooperative_id = $1 AND b.member_id = $2 AND ` + liveBuddy + `$4::date`
	return until, gone(tx.QueryRow(ctx, query, c, m, role, string(today)).Scan(&until))
}

func countBuddyMessages(ctx context.Context, tx pgx.Tx, c id.Cooperative, pair BuddyID, own bool, since time.Time) (n int, err error) {
	const query = `SELECT count(*) FROM coaching.buddy_message WHERE cooperative_id = $1 AND pair_id = $2 AND by_member = $3 AND sent_at >= $4`
	return n, tx.QueryRow(ctx, query, c, pair, own, since).Scan(&n)
}

func insertBuddyMessage(ctx context.Context, tx pgx.Tx, c id.Cooperative, pair BuddyID, m id.Of[BuddyMessage], own bool, text []byte, now time.Time) error {
	const query = `INSERT INTO coaching.buddy_message (id, cooperative_id, pair_id, by_member, text, sent_at) VALUES ($1, $2, $3, $4, $5, $6)`
	_, err := tx.Exec(ctx, query, m, c, pair, own, text, now)
	return err
}

// listBuddyMessages gives the newest, to either of the two while they are on.
func listBuddyMessages(ctx context.Context, db *pgxpool.Pool, by members.Actor, pair BuddyID, today members.Day) (list []BuddyMessage, person members.PersonID, err error) {
	const query = `
		SELECT t.id, t.by_member = (b.member_id = $3), CASE WHEN t.by_member THEN p.name ELSE bp.name END, t.text, t.sent_at, p.id
		FROM coaching.buddy b
		JOIN coaching.buddy_message t ON t.cooperative_id = b.cooperative_id AND t.pair_id = b.id
		JOIN members.member m ON m.cooperative_id = b.cooperative_id AND m.id = b.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		JOIN members.member bm ON bm.cooperative_id = b.cooperative_id AND bm.id = b.buddy_id
		JOIN members.role br ON br.cooperative_id = bm.cooperative_id AND br.id = bm.role_id
		JOIN members.person bp ON bp.id = br.person_id
		WHERE b.cooperative_id = $1 AND b.id = $2 AND $3 IN (b.member_id, b.buddy_id) AND (m.state <> 'alumni' OR $3 = b.member_id) AND ` + liveBuddy + `$4::date
		ORDER BY t.sent_at DESC, t.id LIMIT $5`
	rows, err := db.Query(ctx, query, by.Cooperative, pair, by.Member, string(today), BuddyMessages)
	if err != nil {
		return nil, person, err
	}
	list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (m BuddyMessage, err error) {
		err = row.Scan(&m.id, &m.Mine, &m.Name, &m.sealed, &m.At, &person)
		return m, err
	})
	return list, person, err
}

func findBuddyPerson(ctx context.Context, db *pgxpool.Pool, t BuddyNews) (who members.Person, m members.MemberID, err error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale, b.member_id FROM coaching.buddy b
		JOIN members.member m ON m.cooperative_id = b.cooperative_id AND m.id = CASE WHEN $3 THEN b.buddy_id ELSE b.member_id END
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id AND r.ended_at IS NULL
		JOIN members.person p ON p.id = r.person_id
		WHERE b.cooperative_id = $1 AND b.id = $2`
	err = gone(db.QueryRow(ctx, query, t.Cooperative, t.Pair, t.ToBuddy).Scan(&who.ID, &who.Email, &who.Name, &who.Locale, &m))
	return who, m, err
}
