package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

const colleagueInvitationColumns = `
	SELECT i.id, i.cooperative_id, c.name, i.client_id, cl.name, i.email, i.duty, p.name, i.expires_at,
		i.used_at IS NOT NULL OR i.withdrawn_at IS NOT NULL OR r.ended_at IS NOT NULL
	FROM members.client_invitation i
	JOIN members.cooperative c ON c.id = i.cooperative_id
	JOIN members.client cl ON cl.cooperative_id = i.cooperative_id AND cl.id = i.client_id
	JOIN members.role r ON r.cooperative_id = i.cooperative_id AND r.id = i.invited_by
	JOIN members.person p ON p.id = r.person_id `

// lockColleagueInvitation finds an invitation; one whose inviter has left is over.
func lockColleagueInvitation(ctx context.Context, tx pgx.Tx, c id.Cooperative, invitation ColleagueInvitationID) (colleagueInvitationRow, error) {
	const query = colleagueInvitationColumns + `WHERE i.cooperative_id = $1 AND i.id = $2 FOR UPDATE OF i`
	return scanColleagueInvitation(tx.QueryRow(ctx, query, c, invitation))
}

func lockColleagueInvitationByLink(ctx context.Context, tx pgx.Tx, linkHash []byte) (colleagueInvitationRow, error) {
	const query = colleagueInvitationColumns + `WHERE i.link_hash = $1 FOR UPDATE OF i`
	return scanColleagueInvitation(tx.QueryRow(ctx, query, linkHash))
}

func scanColleagueInvitation(row pgx.Row) (i colleagueInvitationRow, err error) {
	err = row.Scan(&i.id, &i.Cooperative, &i.CooperativeName, &i.Client, &i.ClientName, &i.Email, &i.Duty, &i.InvitedBy, &i.expires, &i.over)
	return i, notFound(err)
}

func updateColleagueInvitationLink(ctx context.Context, tx pgx.Tx, invitation ColleagueInvitationID, hash []byte) error {
	_, err := tx.Exec(ctx, `UPDATE members.client_invitation SET link_hash = $2 WHERE id = $1`, invitation, hash)
	return err
}

func markColleagueInvitationUsed(ctx context.Context, tx pgx.Tx, invitation ColleagueInvitationID, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE members.client_invitation SET used_at = $2 WHERE id = $1`, invitation, now)
	return err
}
