package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// keptContact is a contact as its row has it.
type keptContact struct {
	Contact
	why, next []byte
}

// listContacts gives a member's contacts from one moment until another, the
// newest first; most of them at the most.
func listContacts(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, from, until time.Time, most int) ([]keptContact, error) {
	const query = `
		SELECT k.id, k.member_id, k.coach_id, p.name, k.kind, k.at, k.minutes, k.goal_id, k.why, k.next, k.logged_at
		FROM coaching.contact k
		JOIN members.role r ON r.cooperative_id = k.cooperative_id AND r.id = k.coach_id
		JOIN members.person p ON p.id = r.person_id
		WHERE k.cooperative_id = $1 AND k.member_id = $2 AND k.at >= $3 AND k.at < $4
		ORDER BY k.at DESC, k.id LIMIT $5`
	rows, err := tx.Query(ctx, query, c, m, from, until, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (k keptContact, err error) {
		err = row.Scan(&k.ID, &k.Member, &k.Coach, &k.By, &k.Kind, &k.At, &k.Minutes, &k.Goal, &k.why, &k.next, &k.Logged)
		return k, err
	})
}

// insertContact keeps a contact; one that is there already stays as it is.
func insertContact(ctx context.Context, tx pgx.Tx, by members.Actor, k keptContact) (isNew bool, err error) {
	const query = `
		INSERT INTO coaching.contact (id, cooperative_id, member_id, coach_id, kind, at, minutes, goal_id, why, next, logged_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING`
	tag, err := tx.Exec(ctx, query, k.ID, by.Cooperative, k.Member, by.Role, string(k.Kind), k.At, k.Minutes, k.Goal, k.why, k.next, k.Logged)
	return err == nil && tag.RowsAffected() == 1, err
}
