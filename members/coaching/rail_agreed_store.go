package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/pg"
	"meent/members"
)

// selectAgreedRails looks for a coach's grant only where a coach looks first.
func selectAgreedRails(ctx context.Context, tx pgx.Tx, c id.Cooperative, only []members.MemberID, today members.Day) (map[members.MemberID]AgreedRails, error) {
	query := `
		SELECT g.member_id, g.kind, coalesce(g.minutes, 0), coalesce(g.metres, 0), g.groups,
			g.kind = 'coach_first' AND EXISTS (SELECT FROM coaching.caseload l
				JOIN members.role r ON r.cooperative_id = l.cooperative_id AND r.id = l.coach_id AND r.ended_at IS NULL
				JOIN members.access_grant a ON a.cooperative_id = l.cooperative_id AND a.member_id = l.member_id AND a.grantee_id = l.coach_id
				WHERE l.cooperative_id = g.cooperative_id AND l.member_id = g.member_id
					AND a.scope = 'offers' AND a.revoked_at IS NULL AND a.until >= $3::date)
		FROM coaching.guard_rail g
		WHERE g.cooperative_id = $1 AND g.state = 'agreed' AND ` + pg.Only(`g.member_id`, `$2`, only != nil)
	rows, err := tx.Query(ctx, query, c, only, string(today))
	if err != nil {
		return nil, err
	}
	agreed := map[members.MemberID]AgreedRails{}
	var m members.MemberID
	var r Rail
	var coach bool
	_, err = pgx.ForEachRow(rows, []any{&m, &r.Kind, &r.Minutes, &r.Metres, &r.Groups, &coach}, func() error {
		a := agreed[m].with(r)
		a.Coach = a.Coach || coach
		agreed[m] = a
		r.Groups = nil // the next row has its own
		return nil
	})
	return agreed, err
}

// FollowsTx is nil when the actor follows the member at this moment, or stands in
// for who does, and members.ErrNotFound otherwise. It stands by itself, as NoteTx
// does.
func FollowsTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, now time.Time) error {
	_, err := findFollow(ctx, tx, by, m, members.DayOf(now))
	return err
}
