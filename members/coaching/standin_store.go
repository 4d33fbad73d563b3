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

// ownMember is one of the acting coach's caseload, which stays so until the
// transaction ends.
type ownMember struct {
	member members.MemberID
	person members.PersonID
}

// lockOwnCaseload takes those chosen, or all who have not left, always in the
// same order.
func lockOwnCaseload(ctx context.Context, tx pgx.Tx, by members.Actor, n NewStandIn) ([]ownMember, error) {
	const query = `
		SELECT l.member_id, r.person_id FROM coaching.caseload l
		JOIN members.member m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id AND m.state <> 'alumni'
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE l.cooperative_id = $1 AND l.coach_id = $2 AND ($3 OR l.member_id = ANY ($4))
		ORDER BY l.member_id FOR NO KEY UPDATE OF l`
	rows, err := tx.Query(ctx, query, by.Cooperative, by.Role, n.All, n.Members)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (o ownMember, err error) {
		err = row.Scan(&o.member, &o.person)
		return o, err
	})
}

// lockCoachRole gives who holds this role of a coach, which does not end
// meanwhile; nobody when it is none.
func lockCoachRole(ctx context.Context, tx pgx.Tx, c id.Cooperative, role members.RoleID) (person members.PersonID, err error) {
	const query = `SELECT person_id FROM members.role WHERE cooperative_id = $1 AND id = $2 AND kind = 'coach' AND ended_at IS NULL FOR SHARE`
	err = tx.QueryRow(ctx, query, c, role).Scan(&person)
	if errors.Is(err, pgx.ErrNoRows) {
		return person, nil
	}
	return person, err
}

func overlapsStandIn(ctx context.Context, tx pgx.Tx, c id.Cooperative, list []members.MemberID, n NewStandIn) (taken bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM coaching.stand_in WHERE cooperative_id = $1 AND member_id = ANY ($2) AND ended_at IS NULL
			AND begins <= $4::date AND until >= $3::date)`
	return taken, tx.QueryRow(ctx, query, c, list, string(n.From), string(n.Until)).Scan(&taken)
}

func insertStandIn(ctx context.Context, tx pgx.Tx, by members.Actor, stand StandInID, m members.MemberID, n NewStandIn, now time.Time) error {
	const query = `
		INSERT INTO coaching.stand_in (id, cooperative_id, member_id, coach_id, colleague_id, begins, until, named_at)
		VALUES ($1, $2, $3, $4, $5, $6::date, $7::date, $8)`
	_, err := tx.Exec(ctx, query, stand, by.Cooperative, m, by.Role, n.Colleague, string(n.From), string(n.Until), now)
	return err
}

// findStandInMember says for whom it is, to those who may end it. It returns
// members.ErrNotFound.
func findStandInMember(ctx context.Context, tx pgx.Tx, by members.Actor, stand StandInID) (m members.MemberID, err error) {
	const query = `
		SELECT member_id FROM coaching.stand_in
		WHERE cooperative_id = $1 AND id = $2 AND ($3 = 'coordinator' OR $4 IN (coach_id, colleague_id))`
	return m, gone(tx.QueryRow(ctx, query, by.Cooperative, stand, string(by.Kind), by.Role).Scan(&m))
}

// endedStandIn is one that was ended, and by whom it was done.
type endedStandIn struct {
	id        StandInID
	colleague members.RoleID
}

// endStandIns ends the member's stand-ins that are not over, or the one.
func endStandIns(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, one StandInID, today members.Day, now time.Time) ([]endedStandIn, error) {
	const query = `
		UPDATE coaching.stand_in SET ended_at = greatest(named_at, $4)
		WHERE cooperative_id = $1 AND member_id = $2 AND ($3::uuid IS NULL OR id = $3) AND ended_at IS NULL AND until >= $5::date
		RETURNING id, colleague_id`
	rows, err := tx.Query(ctx, query, c, m, one, now, string(today))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (e endedStandIn, err error) {
		err = row.Scan(&e.id, &e.colleague)
		return e, err
	})
}

// endStandInsOf ends those of a coach who stops, whose keys are taken back
// already.
func endStandInsOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, role members.RoleID, today members.Day, now time.Time) error {
	const query = `
		UPDATE coaching.stand_in SET ended_at = greatest(named_at, $3)
		WHERE cooperative_id = $1 AND (coach_id = $2 OR colleague_id = $2) AND ended_at IS NULL AND until >= $4::date`
	_, err := tx.Exec(ctx, query, c, role, now, string(today))
	return err
}

const selectStandIn = `
	SELECT s.id, s.member_id, who.name, coach.name, s.colleague_id, colleague.name, to_char(s.begins, 'YYYY-MM-DD'), to_char(s.until, 'YYYY-MM-DD'), s.ended_at
	FROM coaching.stand_in s
	JOIN members.member m ON m.cooperative_id = s.cooperative_id AND m.id = s.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person who ON who.id = r.person_id
	JOIN members.role cr ON cr.cooperative_id = s.cooperative_id AND cr.id = s.coach_id
	JOIN members.person coach ON coach.id = cr.person_id
	JOIN members.role lr ON lr.cooperative_id = s.cooperative_id AND lr.id = s.colleague_id
	JOIN members.person colleague ON colleague.id = lr.person_id
	WHERE s.cooperative_id = $1`

func scanStandIn(row pgx.Row) (s StandIn, err error) {
	var ended *time.Time
	err = row.Scan(&s.ID, &s.Member, &s.MemberName, &s.CoachName, &s.Colleague, &s.Name, &s.From, &s.Until, &ended)
	if ended != nil {
		s.Ended = *ended
	}
	return s, gone(err)
}

func listStandIns(ctx context.Context, db *pgxpool.Pool, by members.Actor, today members.Day) ([]StandIn, error) {
	const query = selectStandIn + ` AND ($2 = 'coordinator' OR $3 IN (s.coach_id, s.colleague_id)) AND s.ended_at IS NULL AND s.until >= $4::date
		ORDER BY s.begins, colleague.name, who.name, s.id`
	rows, err := db.Query(ctx, query, by.Cooperative, string(by.Kind), by.Role, string(today))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (StandIn, error) { return scanStandIn(row) })
}

func findStandIn(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, stand StandInID) (StandIn, error) {
	return scanStandIn(db.QueryRow(ctx, selectStandIn+` AND s.id = $2`, c, stand))
}

func listColleagues(ctx context.Context, db *pgxpool.Pool, by members.Actor) ([]Coach, error) {
	const query = `
		SELECT r.id, p.name FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.kind = 'coach' AND r.ended_at IS NULL AND r.id <> $2 ORDER BY p.name, r.id`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Role)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Coach])
}

// findRolePerson is who holds a role that has not ended, or who the member is.
func findRolePerson(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, role members.RoleID) (members.Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.id = $2 AND r.ended_at IS NULL`
	return scanPerson(db.QueryRow(ctx, query, c, role))
}

func findMemberPerson(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m members.MemberID) (members.Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id AND r.ended_at IS NULL
		JOIN members.person p ON p.id = r.person_id
		WHERE m.cooperative_id = $1 AND m.id = $2`
	return scanPerson(db.QueryRow(ctx, query, c, m))
}
