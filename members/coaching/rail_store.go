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

func listGroupCodes(ctx context.Context, db *pgxpool.Pool) ([]string, error) {
	rows, err := db.Query(ctx, `SELECT code FROM members.skill_group ORDER BY code`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// lockRailMember says who the member is, whom no wave asks meanwhile.
func lockRailMember(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (person members.PersonID, err error) {
	const query = `
		SELECT r.person_id FROM members.member m JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE m.cooperative_id = $1 AND m.id = $2 FOR NO KEY UPDATE OF m`
	return person, gone(tx.QueryRow(ctx, query, c, m).Scan(&person))
}

// findCoachTx gives the role that follows the member, or none.
func findCoachTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (coach members.RoleID, err error) {
	const query = `
		SELECT l.coach_id FROM coaching.caseload l
		JOIN members.role r ON r.cooperative_id = l.cooperative_id AND r.id = l.coach_id AND r.ended_at IS NULL
		WHERE l.cooperative_id = $1 AND l.member_id = $2`
	err = tx.QueryRow(ctx, query, c, m).Scan(&coach)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return coach, err
}

func railWaits(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, kind RailKind) (waits bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM coaching.guard_rail WHERE cooperative_id = $1 AND member_id = $2 AND kind = $3 AND state = 'proposed')`
	return waits, tx.QueryRow(ctx, query, c, m, string(kind)).Scan(&waits)
}

func insertRail(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, rail RailID, n NewRail, reason []byte, now time.Time) error {
	const query = `
		INSERT INTO coaching.guard_rail (id, cooperative_id, member_id, kind, minutes, metres, groups, review_on, reason, state, by_member, proposed_by, proposed_at)
		VALUES ($1, $2, $3, $4, nullif($5, 0), nullif($6, 0), $7, $8::date, $9, 'proposed', $10, $11, $12)`
	_, err := tx.Exec(ctx, query, rail, by.Cooperative, m, string(n.Kind), n.Minutes, n.Metres, n.Groups, string(n.Review), reason,
		by.Kind == members.RoleMember, by.Role, now)
	return err
}

// lockedRail is a guard rail that nobody else moves meanwhile.
type lockedRail struct {
	ID       RailID
	Member   members.MemberID
	Kind     RailKind
	State    RailState
	ByMember bool
	Review   members.Day
	Person   members.PersonID // the member's; who locks the member knows it
}

func lockRail(ctx context.Context, tx pgx.Tx, c id.Cooperative, rail RailID) (r lockedRail, err error) {
	const query = `
		SELECT id, member_id, kind, state, by_member, to_char(review_on, 'YYYY-MM-DD') FROM coaching.guard_rail
		WHERE cooperative_id = $1 AND id = $2 FOR UPDATE`
	return r, gone(tx.QueryRow(ctx, query, c, rail).Scan(&r.ID, &r.Member, &r.Kind, &r.State, &r.ByMember, &r.Review))
}

func findRailMember(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, rail RailID) (m members.MemberID, err error) {
	const query = `SELECT member_id FROM coaching.guard_rail WHERE cooperative_id = $1 AND id = $2`
	return m, gone(db.QueryRow(ctx, query, c, rail).Scan(&m))
}

func markRailRefused(ctx context.Context, tx pgx.Tx, by members.Actor, rail RailID, now time.Time) error {
	const query = `
		UPDATE coaching.guard_rail SET state = 'refused', answered_by = $3, answered_at = $4, closed_by = $3, closed_at = $4
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, rail, by.Role, now)
	return err
}

func markRailAgreed(ctx context.Context, tx pgx.Tx, by members.Actor, rail RailID, now time.Time) error {
	const query = `UPDATE coaching.guard_rail SET state = 'agreed', answered_by = $3, answered_at = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, rail, by.Role, now)
	return err
}

// replaceRail ends what was agreed of the kind of this one.
func replaceRail(ctx context.Context, tx pgx.Tx, by members.Actor, r lockedRail, now time.Time) error {
	const query = `
		UPDATE coaching.guard_rail SET state = 'replaced', closed_by = $4, closed_at = $5
		WHERE cooperative_id = $1 AND member_id = $2 AND kind = $3 AND state = 'agreed'`
	_, err := tx.Exec(ctx, query, by.Cooperative, r.Member, string(r.Kind), by.Role, now)
	return err
}

func markRailClosed(ctx context.Context, tx pgx.Tx, by members.Actor, rail RailID, to RailState, now time.Time) error {
	const query = `UPDATE coaching.guard_rail SET state = $3, closed_by = $4, closed_at = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, rail, string(to), by.Role, now)
	return err
}

func listRails(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, most int) ([]keptRail, error) {
	const query = `
		SELECT g.id, g.kind, coalesce(g.minutes, 0), coalesce(g.metres, 0), g.groups, to_char(g.review_on, 'YYYY-MM-DD'), g.reason, g.state, g.by_member,
			pp.name, g.proposed_at, g.answered_at, g.closed_at, coalesce(cp.name, ''), mr.person_id
		FROM coaching.guard_rail g
		JOIN members.member m ON m.cooperative_id = g.cooperative_id AND m.id = g.member_id
		JOIN members.role mr ON mr.cooperative_id = m.cooperative_id AND mr.id = m.role_id
		JOIN members.role pr ON pr.cooperative_id = g.cooperative_id AND pr.id = g.proposed_by
		JOIN members.person pp ON pp.id = pr.person_id
		LEFT JOIN members.role cr ON cr.cooperative_id = g.cooperative_id AND cr.id = g.closed_by
		LEFT JOIN members.person cp ON cp.id = cr.person_id
		WHERE g.cooperative_id = $1 AND g.member_id = $2
		ORDER BY g.state = 'proposed' DESC, g.state = 'agreed' DESC, g.proposed_at DESC, g.id LIMIT $3`
	rows, err := tx.Query(ctx, query, c, m, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanRail)
}

func scanRail(row pgx.CollectableRow) (k keptRail, err error) {
	var answered, closed *time.Time
	err = row.Scan(&k.ID, &k.Kind, &k.Minutes, &k.Metres, &k.Groups, &k.Review, &k.reason, &k.State, &k.ByMember,
		&k.By, &k.At, &answered, &closed, &k.ClosedBy, &k.person)
	if answered != nil {
		k.Answered = *answered
	}
	if closed != nil {
		k.Closed = *closed
	}
	return k, err
}

// findRailReader finds who reads the news now: whoever follows the member, not
// who did when it was written.
func findRailReader(ctx context.Context, db *pgxpool.Pool, t RailTold) (p members.Person, m members.MemberID, err error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale, m.id
		FROM coaching.guard_rail g
		JOIN members.member m ON m.cooperative_id = g.cooperative_id AND m.id = g.member_id
		LEFT JOIN coaching.caseload l ON l.cooperative_id = g.cooperative_id AND l.member_id = g.member_id
		JOIN members.role r ON r.cooperative_id = g.cooperative_id AND r.id = CASE WHEN $3 THEN m.role_id ELSE l.coach_id END AND r.ended_at IS NULL
		JOIN members.person p ON p.id = r.person_id
		WHERE g.cooperative_id = $1 AND g.id = $2`
	return p, m, gone(db.QueryRow(ctx, query, t.Cooperative, t.Rail, t.ToMember).Scan(&p.ID, &p.Email, &p.Name, &p.Locale, &m))
}
