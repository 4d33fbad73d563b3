package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// waitingColleagueInvitation holds for invitations that can still be used.
const waitingColleagueInvitation = `i.used_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > `

func insertColleagueInvitation(ctx context.Context, tx pgx.Tx, by Actor, i ColleagueInvitation) error {
	const query = `
		INSERT INTO members.client_invitation (id, cooperative_id, client_id, email, name, duty, invited_by, invited_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz - interval '168 hours', $8)`
	_, err := tx.Exec(ctx, query, i.ID, by.Cooperative, by.Client, i.Email, i.Name, string(i.Duty), by.Role, i.Expires)
	return err
}

func listColleagueInvitations(ctx context.Context, db *pgxpool.Pool, by Actor, now time.Time) ([]ColleagueInvitation, error) {
	const query = `
		SELECT i.id, i.name, i.email, i.duty, i.expires_at FROM members.client_invitation i
		WHERE i.cooperative_id = $1 AND i.client_id = $2 AND ` + waitingColleagueInvitation + `$3 ORDER BY i.name, i.id`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Client, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[ColleagueInvitation])
}

func countColleagueInvitations(ctx context.Context, tx pgx.Tx, by Actor, now time.Time) (n int, err error) {
	const query = `
		SELECT count(*) FROM members.client_invitation i
		WHERE i.cooperative_id = $1 AND i.client_id = $2 AND ` + waitingColleagueInvitation + `$3`
	err = tx.QueryRow(ctx, query, by.Cooperative, by.Client, now).Scan(&n)
	return n, err
}

// withdrawColleagueInvitations ends what was sent to the address before, also when its
// time was over already.
func withdrawColleagueInvitations(ctx context.Context, tx pgx.Tx, by Actor, email Email, now time.Time) error {
	const query = `
		UPDATE members.client_invitation SET withdrawn_at = $4
		WHERE cooperative_id = $1 AND client_id = $2 AND email = $3 AND used_at IS NULL AND withdrawn_at IS NULL`
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Client, email, now)
	return err
}

func withdrawColleagueInvitation(ctx context.Context, tx pgx.Tx, by Actor, invitation ColleagueInvitationID, now time.Time) error {
	const query = `
		UPDATE members.client_invitation i SET withdrawn_at = $4
		WHERE i.cooperative_id = $1 AND i.client_id = $2 AND i.id = $3 AND ` + waitingColleagueInvitation + `$4`
	tag, err := tx.Exec(ctx, query, by.Cooperative, by.Client, invitation, now)
	if err == nil && tag.RowsAffected() == 0 {
		return ErrNotFound
	}
	return err
}
