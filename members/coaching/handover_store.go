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

// lockFollowed gives who follows a member who has not left, and who that is. It
// returns members.ErrNotFound, also when nobody follows them.
func lockFollowed(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (coach members.RoleID, person members.PersonID, err error) {
	const query = `
		SELECT l.coach_id, r.person_id FROM coaching.caseload l
		JOIN members.member m ON m.cooperative_id = l.cooperative_id AND m.id = l.member_id AND m.state <> 'alumni'
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id AND r.ended_at IS NULL
		WHERE l.cooperative_id = $1 AND l.member_id = $2 FOR NO KEY UPDATE OF l`
	return coach, person, gone(tx.QueryRow(ctx, query, c, m).Scan(&coach, &person))
}

func insertHandOver(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, h HandOverID, from members.RoleID, n NewHandOver, words []byte, now time.Time) error {
	const query = `
		INSERT INTO coaching.handover (id, cooperative_id, member_id, from_id, to_id, reason, words, day, state, proposed_at, proposed_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8::date, 'proposed', $9, $10)`
	_, err := tx.Exec(ctx, query, h, by.Cooperative, m, from, n.To, string(n.Reason), words, string(n.Day), now, by.Role)
	var broken *pgconn.PgError
	if errors.As(err, &broken) && broken.ConstraintName == "handover_one_open" {
		return ErrHandOverOpen
	}
	return err
}

func findHandOverMember(ctx context.Context, tx pgx.Tx, c id.Cooperative, h HandOverID) (m members.MemberID, err error) {
	const query = `SELECT member_id FROM coaching.handover WHERE cooperative_id = $1 AND id = $2`
	return m, gone(tx.QueryRow(ctx, query, c, h).Scan(&m))
}

func lockHandOver(ctx context.Context, tx pgx.Tx, c id.Cooperative, h HandOverID) (is lockedHandOver, err error) {
	const query = `
		SELECT h.id, h.cooperative_id, h.member_id, r.person_id, h.from_id, h.to_id, to_char(h.day, 'YYYY-MM-DD'), h.state, m.state = 'alumni'
		FROM coaching.handover h
		JOIN members.member m ON m.cooperative_id = h.cooperative_id AND m.id = h.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE h.cooperative_id = $1 AND h.id = $2 FOR UPDATE OF h`
	return is, gone(tx.QueryRow(ctx, query, c, h).Scan(&is.ID, &is.Cooperative, &is.Member, &is.Person, &is.From, &is.To, &is.Day, &is.State, &is.Left))
}

// markHandOver moves it; the moments follow from the state.
func markHandOver(ctx context.Context, tx pgx.Tx, is lockedHandOver, to HandOverState, now time.Time) error {
	const query = `
		UPDATE coaching.handover SET state = $3, answered_at = CASE WHEN $3 IN ('agreed', 'refused') THEN greatest(proposed_at, $4) ELSE answered_at END,
			closed_at = CASE WHEN $3 IN ('refused', 'withdrawn', 'done') THEN greatest(proposed_at, $4) END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, is.Cooperative, is.ID, string(to), now)
	return err
}

// withdrawOpenHandOver ends the one that is open, because somebody else follows
// the member, or nobody.
func withdrawOpenHandOver(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, now time.Time) error {
	const query = `
		UPDATE coaching.handover SET state = 'withdrawn', closed_at = greatest(proposed_at, $3)
		WHERE cooperative_id = $1 AND member_id = $2 AND state IN ('proposed', 'agreed')`
	_, err := tx.Exec(ctx, query, c, m, now)
	return err
}

func updateTicks(ctx context.Context, tx pgx.Tx, is lockedHandOver, done []Tick) error {
	const query = `
		UPDATE coaching.handover SET ticked = ARRAY(SELECT DISTINCT unnest($3::text[]) ORDER BY 1)
		WHERE cooperative_id = $1 AND id = $2`
	ticked := make([]string, len(done)) // not nil, which is NULL
	for i, tick := range done {
		ticked[i] = string(tick)
	}
	_, err := tx.Exec(ctx, query, is.Cooperative, is.ID, ticked)
	return err
}

// keptHandOver is a hand-over as its row has it.
type keptHandOver struct {
	HandOver
	person members.PersonID
	words  []byte
}

// findHandOver gives the newest to those who may see it, or none; the rows of
// who may see anything at all are the member's own.
func findHandOver(ctx context.Context, db *pgxpool.Pool, by members.Actor, m members.MemberID) (k keptHandOver, err error) {
	const query = `
		SELECT r.person_id, h.id, m.id, h.from_id, coalesce(fp.name, ''), h.to_id, coalesce(tp.name, ''), coalesce(h.reason, ''), h.words, coalesce(to_char(h.day, 'YYYY-MM-DD'), ''),
			coalesce(h.ticked, '{}'), coalesce(h.state, ''), h.proposed_at, coalesce(bp.name, '')
		FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		LEFT JOIN LATERAL (SELECT * FROM coaching.handover h WHERE h.cooperative_id = m.cooperative_id AND h.member_id = m.id
			ORDER BY h.proposed_at DESC, h.id LIMIT 1) h ON true
		LEFT JOIN members.role fr ON fr.cooperative_id = m.cooperative_id AND fr.id = h.from_id
		LEFT JOIN members.person fp ON fp.id = fr.person_id
		LEFT JOIN members.role tr ON tr.cooperative_id = m.cooperative_id AND tr.id = h.to_id
		LEFT JOIN members.person tp ON tp.id = tr.person_id
		LEFT JOIN members.role br ON br.cooperative_id = m.cooperative_id AND br.id = h.proposed_by
		LEFT JOIN members.person bp ON bp.id = br.person_id
		WHERE m.cooperative_id = $1 AND m.id = $2 AND ($3 = 'coordinator' OR $3 = 'member' AND $5 = m.id OR $3 = 'coach' AND EXISTS (
			SELECT FROM coaching.caseload l WHERE l.cooperative_id = m.cooperative_id AND l.member_id = m.id AND l.coach_id = $4))`
	var proposed *time.Time
	err = db.QueryRow(ctx, query, by.Cooperative, m, string(by.Kind), by.Role, by.Member).Scan(&k.person, &k.ID, &k.Member, &k.From.Role, &k.From.Name, &k.To.Role, &k.To.Name,
		&k.Reason, &k.words, &k.Day, &k.Ticked, &k.State, &proposed, &k.By)
	if proposed != nil {
		k.Proposed = *proposed
	}
	return k, gone(err)
}

func findHandOverPerson(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, h HandOverID, state HandOverState) (members.Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale FROM coaching.handover h
		JOIN members.member m ON m.cooperative_id = h.cooperative_id AND m.id = h.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id AND r.ended_at IS NULL
		JOIN members.person p ON p.id = r.person_id
		WHERE h.cooperative_id = $1 AND h.id = $2 AND h.state = $3`
	return scanPerson(db.QueryRow(ctx, query, c, h, string(state)))
}

func listHandOverPeople(ctx context.Context, db *pgxpool.Pool, t HandOverTold) ([]members.Person, error) {
	const query = `
		SELECT DISTINCT p.id, p.email, p.name, p.locale
		FROM coaching.handover h
		JOIN members.role r ON r.cooperative_id = h.cooperative_id AND r.ended_at IS NULL
			AND (r.id = h.from_id OR $3 IN ('agreed', 'done') AND r.id = h.to_id OR $3 IN ('refused', 'withdrawn') AND r.kind = 'coordinator')
		JOIN members.person p ON p.id = r.person_id
		WHERE h.cooperative_id = $1 AND h.id = $2 AND h.state = $3 ORDER BY p.id`
	rows, err := db.Query(ctx, query, t.Cooperative, t.HandOver, string(t.State))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (members.Person, error) { return scanPerson(row) })
}
