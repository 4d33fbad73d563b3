package coaching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// keptStatement is a statement as its row has it.
type keptStatement struct {
	Statement
	in                     id.Cooperative
	cooperative            string
	person                 members.PersonID // of the member
	summary, content, hash []byte
}

func (k keptStatement) start() time.Time { from, _ := k.Span(); return from }
func (k keptStatement) end() time.Time   { _, until := k.Span(); return until }

const selectStatement = `
	SELECT t.id, t.cooperative_id, c.name, t.member_id, p.id, p.name, t.coach_id, q.name, t.funder, t.municipality_id, coalesce(t.funder_name, u.name, ''),
		to_char(t.from_day, 'YYYY-MM-DD'), to_char(t.until_day, 'YYYY-MM-DD'), t.state, t.begun_at, t.moved_at, t.coach_signed_at, t.member_signed_at,
		t.summary, t.content, t.content_hash
	FROM coaching.statement t
	JOIN members.cooperative c ON c.id = t.cooperative_id
	JOIN members.member m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person p ON p.id = r.person_id
	JOIN members.role o ON o.cooperative_id = t.cooperative_id AND o.id = t.coach_id
	JOIN members.person q ON q.id = o.person_id
	LEFT JOIN members.municipality u ON u.cooperative_id = t.cooperative_id AND u.id = t.municipality_id
	WHERE t.cooperative_id = $1 AND t.member_id = $2`

func scanStatement(row pgx.Row) (k keptStatement, err error) {
	var coach, member *time.Time
	err = row.Scan(&k.ID, &k.in, &k.cooperative, &k.Member, &k.person, &k.MemberName, &k.Coach, &k.CoachName, &k.Funder.Kind, &k.Funder.Municipality, &k.Funder.Name,
		&k.From, &k.Until, &k.State, &k.Begun, &k.Moved, &coach, &member, &k.summary, &k.content, &k.hash)
	if coach != nil {
		k.CoachSigned = *coach
	}
	if member != nil {
		k.MemberSigned = *member
	}
	return k, err
}

// listStatements gives a member's statements, the newest period first.
func listStatements(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (list []Statement, err error) {
	rows, err := tx.Query(ctx, selectStatement+` ORDER BY t.until_day DESC, t.begun_at DESC, t.id LIMIT $3`, c, m, shownStatements)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Statement, error) {
		k, err := scanStatement(row)
		return k.Statement, err
	})
}

// findStatement gives one of a member, and lockStatement lets nobody move it
// meanwhile.
func findStatement(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, s StatementID) (keptStatement, error) {
	k, err := scanStatement(tx.QueryRow(ctx, selectStatement+` AND t.id = $3`, c, m, s))
	return k, gone(err)
}

func lockStatement(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, s StatementID) (keptStatement, error) {
	k, err := scanStatement(tx.QueryRow(ctx, selectStatement+` AND t.id = $3 FOR NO KEY UPDATE OF t`, c, m, s))
	return k, gone(err)
}

func insertStatement(ctx context.Context, tx pgx.Tx, by members.Actor, s StatementID, m members.MemberID, n NewStatement, now time.Time) error {
	const query = `
		INSERT INTO coaching.statement (id, cooperative_id, member_id, coach_id, funder, municipality_id, funder_name, from_day, until_day, state, begun_at, moved_at)
		VALUES ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8::date, $9::date, 'draft', $10, $10)`
	_, err := tx.Exec(ctx, query, s, by.Cooperative, m, by.Role, string(n.Funder.Kind), n.Funder.Municipality, n.Funder.Name, string(n.From), string(n.Until), now)
	var broken *pgconn.PgError
	if errors.As(err, &broken) {
		switch broken.ConstraintName {
		case "statement_once_a_period":
			return check.Problems{{Field: "from", Rule: "statement_overlaps"}}
		case "statement_municipality":
			return check.Problems{{Field: "funder", Rule: "not_a_choice"}}
		}
	}
	return err
}

func updateSummary(ctx context.Context, tx pgx.Tx, k keptStatement, sealed []byte) error {
	const query = `UPDATE coaching.statement SET summary = $3 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, k.in, k.ID, sealed)
	return err
}

// markSigned signs for the coach or the member; the first gives the content.
func markSigned(ctx context.Context, tx pgx.Tx, by members.Actor, k keptStatement, to StatementState, now time.Time) error {
	const query = `
		UPDATE coaching.statement SET state = $3, moved_at = $4, content = $5, content_hash = $6,
			coach_signed_at = CASE WHEN $7 THEN coach_signed_at ELSE $4 END, coach_signed_by = CASE WHEN $7 THEN coach_signed_by ELSE $8 END,
			member_signed_at = CASE WHEN $7 THEN $4 ELSE member_signed_at END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, k.in, k.ID, string(to), now, k.content, k.hash, by.Kind == members.RoleMember, by.Role)
	return err
}

// markWithdrawn lets go of what was frozen.
func markWithdrawn(ctx context.Context, tx pgx.Tx, k keptStatement, now time.Time) error {
	const query = `
		UPDATE coaching.statement SET state = 'withdrawn', moved_at = $3, content = NULL, content_hash = NULL,
			coach_signed_at = NULL, coach_signed_by = NULL, member_signed_at = NULL
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, k.in, k.ID, now)
	return err
}

// findWithdrawn gives the newest statement about the same period for the same
// funder that was withdrawn, if there is one: what somebody says for one funder is
// for no other.
func findWithdrawn(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, n NewStatement) (k keptStatement, found bool, err error) {
	k, err = scanStatement(tx.QueryRow(ctx, selectStatement+` AND t.state = 'withdrawn' AND t.from_day = $3::date AND t.until_day = $4::date
		AND t.funder = $5 AND t.municipality_id IS NOT DISTINCT FROM $6 AND coalesce(t.funder_name, '') = $7
		ORDER BY t.moved_at DESC, t.id LIMIT 1`, c, m, string(n.From), string(n.Until), string(n.Funder.Kind), n.Funder.Municipality, n.Funder.Name))
	if errors.Is(err, pgx.ErrNoRows) {
		return k, false, nil
	}
	return k, err == nil, err
}

// listWorkedMonths counts the hours that both sides agreed, in the month in which
// the work was.
func listWorkedMonths(ctx context.Context, tx pgx.Tx, k keptStatement) ([]SaidMonth, error) {
	const query = `
		SELECT to_char(coalesce(s.at, h.at) AT TIME ZONE 'Europe/Amsterdam', 'YYYY-MM') AS month, count(*), sum(h.minutes)
		FROM coaching.fact h
		LEFT JOIN coaching.fact s ON s.cooperative_id = h.cooperative_id AND s.member_id = h.member_id AND s.kind = 'shift' AND s.ref = h.ref
		WHERE h.cooperative_id = $1 AND h.member_id = $2 AND h.kind = 'hours_agreed' AND coalesce(s.at, h.at) >= $3 AND coalesce(s.at, h.at) < $4
		GROUP BY month ORDER BY month`
	rows, err := tx.Query(ctx, query, k.in, k.Member, k.start(), k.end())
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[SaidMonth])
	if list == nil {
		list = []SaidMonth{}
	}
	return list, err
}

// findWaitedFor gives the person who has to do something with a statement: the
// member of a draft, and of one that is signed once whoever has not.
func findWaitedFor(ctx context.Context, db querier, c id.Cooperative, s StatementID) (w WaitedFor, err error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale, t.member_id, o.kind = 'member', t.state
		FROM coaching.statement t
		JOIN members.member m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
		JOIN members.role o ON o.cooperative_id = t.cooperative_id AND o.ended_at IS NULL AND o.id = CASE
			WHEN t.state = 'draft' OR t.member_signed_at IS NULL THEN m.role_id ELSE t.coach_id END
		JOIN members.person p ON p.id = o.person_id
		WHERE t.cooperative_id = $1 AND t.id = $2 AND t.state IN ('draft', 'signed_once')`
	err = db.QueryRow(ctx, query, c, s).Scan(&w.ID, &w.Email, &w.Name, &w.Locale, &w.Member, &w.IsMember, &w.State)
	return w, gone(err)
}
