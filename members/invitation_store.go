package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

const invitationColumns = `
	SELECT i.id, i.cooperative_id, c.name, i.invited_by, p.name, r.kind, coalesce(i.email, ''), i.way = 'card', i.locale, i.begins, i.consent,
		i.made_at, i.expires_at, i.used_at, i.revoked_at, coalesce(mp.name, ''), i.municipality_id, coalesce(g.name, '')
	FROM members.invitation i
	JOIN members.cooperative c ON c.id = i.cooperative_id
	JOIN members.role r ON r.cooperative_id = i.cooperative_id AND r.id = i.invited_by
	JOIN members.person p ON p.id = r.person_id
	LEFT JOIN members.member m ON m.cooperative_id = i.cooperative_id AND m.id = i.member_id
	LEFT JOIN members.role mr ON mr.cooperative_id = m.cooperative_id AND mr.id = m.role_id
	LEFT JOIN members.person mp ON mp.id = mr.person_id
	LEFT JOIN members.municipality g ON g.cooperative_id = i.cooperative_id AND g.id = i.municipality_id `

func scanInvitation(row pgx.Row) (i Invitation, err error) {
	var used, revoked *time.Time
	err = row.Scan(&i.ID, &i.Cooperative, &i.CooperativeName, &i.Inviter, &i.InviterName, &i.InviterKind, &i.Email, &i.Card, &i.Locale, &i.Begins,
		&i.Consent, &i.Made, &i.Expires, &used, &revoked, &i.MemberName, &i.Municipality, &i.ReferredBy)
	if used != nil {
		i.Used = *used
	}
	if revoked != nil {
		i.Revoked = *revoked
	}
	return i, notFound(err)
}

func (i Invitation) way() string {
	if i.Card {
		return "card"
	}
	return "mail"
}

func insertInvitation(ctx context.Context, tx pgx.Tx, i Invitation) error {
	const query = `
		INSERT INTO members.invitation (id, cooperative_id, invited_by, way, email, locale, begins, consent, made_at, expires_at, municipality_id)
		VALUES ($1, $2, $3, $4, nullif($5, ''), $6, $7, $8, $9, $9::timestamptz + interval '14 days', $10)`
	_, err := tx.Exec(ctx, query, i.ID, i.Cooperative, i.Inviter, i.way(), string(i.Email), i.Locale, string(i.Begins), string(i.Consent), i.Made, i.Municipality)
	return err
}

func listInvitations(ctx context.Context, db *pgxpool.Pool, by Actor, most int) ([]Invitation, error) {
	const query = invitationColumns + `
		WHERE i.cooperative_id = $1 AND ($2 = 'coordinator' OR $2 = 'coach' AND i.invited_by = $3)
		ORDER BY i.made_at DESC, i.id LIMIT $4`
	rows, err := db.Query(ctx, query, by.Cooperative, string(by.Kind), by.Role, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Invitation, error) { return scanInvitation(row) })
}

func findInvitation(ctx context.Context, db *pgxpool.Pool, i InvitationID) (Invitation, error) {
	return scanInvitation(db.QueryRow(ctx, invitationColumns+`WHERE i.id = $1`, i))
}

func findInvitationBySecret(ctx context.Context, db *pgxpool.Pool, hash []byte) (Invitation, error) {
	return scanInvitation(db.QueryRow(ctx, invitationColumns+`WHERE i.secret_hash = $1`, hash))
}

// lockInvitation waits for who uses it now, and then sees what became of it.
func lockInvitation(ctx context.Context, tx pgx.Tx, i InvitationID) (Invitation, error) {
	return scanInvitation(tx.QueryRow(ctx, invitationColumns+`WHERE i.id = $1 FOR NO KEY UPDATE OF i`, i))
}

func lockInvitationBySecret(ctx context.Context, tx pgx.Tx, hash []byte) (Invitation, error) {
	return scanInvitation(tx.QueryRow(ctx, invitationColumns+`WHERE i.secret_hash = $1 FOR NO KEY UPDATE OF i`, hash))
}

func updateInvitationSecret(ctx context.Context, tx pgx.Tx, i InvitationID, hash []byte) error {
	_, err := tx.Exec(ctx, `UPDATE members.invitation SET secret_hash = $2 WHERE id = $1`, i, hash)
	return err
}

// useInvitation and revokeInvitation keep neither address nor secret.
func useInvitation(ctx context.Context, tx pgx.Tx, i InvitationID, m MemberID, now time.Time) error {
	const query = `UPDATE members.invitation SET used_at = $3, member_id = $2, email = NULL, secret_hash = NULL WHERE id = $1`
	_, err := tx.Exec(ctx, query, i, m, now)
	return err
}

func revokeInvitation(ctx context.Context, tx pgx.Tx, i InvitationID, now time.Time) error {
	const query = `UPDATE members.invitation SET revoked_at = $2, email = NULL, secret_hash = NULL WHERE id = $1`
	_, err := tx.Exec(ctx, query, i, now)
	return err
}

func findMemberOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, role RoleID) (m MemberID, err error) {
	err = tx.QueryRow(ctx, `SELECT id FROM members.member WHERE cooperative_id = $1 AND role_id = $2`, c, role).Scan(&m)
	return m, notFound(err)
}
