package members

import (
	"strings"

	"meent/internal/owndata"
)

// ownSharing is who may read what, and who did.
func ownSharing() []owndata.Query {
	const byRole = `
		JOIN members.cooperative c ON c.id = t.cooperative_id
		WHERE (t.cooperative_id, t.%) IN (SELECT cooperative_id, id FROM members.role WHERE person_id = $1) `
	return []owndata.Query{
		{Name: "grants", From: "members.access_grant", SQL: `
			SELECT c.name AS cooperative, g.name AS to, t.scope, t.granted_at, t.until, t.revoked_at
			FROM members.access_grant t
			JOIN members.role gr ON gr.cooperative_id = t.cooperative_id AND gr.id = t.grantee_id
			JOIN members.person g ON g.id = gr.person_id` + OwnRows + `ORDER BY t.granted_at, t.scope`},
		{Name: "reads", From: "members.access_read", SQL: `
			SELECT c.name AS cooperative, b.name AS by, t.scope, t.hour, t.refused
			FROM members.access_read t
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.reader_id
			JOIN members.person b ON b.id = br.person_id` + OwnRows + `ORDER BY t.hour, t.scope`},
		{Name: "grants_to_me", From: "members.access_grant", SQL: `
			SELECT c.name AS cooperative, t.scope, t.granted_at, t.until, t.revoked_at FROM members.access_grant t` + of(byRole, "grantee_id") + `ORDER BY t.granted_at, t.scope`},
		{Name: "reads_by_me", From: "members.access_read", SQL: `
			SELECT c.name AS cooperative, t.scope, t.hour, t.refused FROM members.access_read t` + of(byRole, "reader_id") + `ORDER BY t.hour, t.scope`},
		{Name: "skills_confirmed", From: "members.skill_evidence", SQL: `
			SELECT c.name AS cooperative, ` + inWords + ` AS skill, t.level, t.at
			FROM members.skill_evidence t JOIN members.skill s ON s.code = t.skill_code` + of(byRole, "by_role_id") + `ORDER BY t.at, s.nl`},
		{Name: "cards_printed", From: "members.sign_in_card", SQL: `
			SELECT c.name AS cooperative, t.printed_at, t.expires_at, t.used_at FROM members.sign_in_card t` + of(byRole, "printer_id") + `ORDER BY t.printed_at`},
		{Name: "uploads", From: "members.import", SQL: `
			SELECT c.name AS cooperative, t.kind, t.expires_at FROM members.import t` + of(byRole, "made_by") + `ORDER BY t.expires_at`},
		{Name: "invitations_made", From: "members.invitation", SQL: `
			SELECT c.name AS cooperative, t.way, t.begins, t.made_at, t.expires_at, t.used_at, t.revoked_at
			FROM members.invitation t` + of(byRole, "invited_by") + `ORDER BY t.made_at`},
		{Name: "colleagues_invited", From: "members.client_invitation", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, t.duty, t.invited_at, t.expires_at, t.used_at, t.withdrawn_at
			FROM members.client_invitation t
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id` + of(byRole, "invited_by") + `ORDER BY t.invited_at`},
	}
}

// of names the column with the role.
func of(ending, column string) string { return strings.Replace(ending, "%", column, 1) }

// ownJoining is how the person came.
func ownJoining() []owndata.Query {
	return []owndata.Query{
		{Name: "invitations", From: "members.invitation", SQL: `
			SELECT c.name AS cooperative, b.name AS by, t.way, t.begins, t.consent, t.made_at, t.used_at
			FROM members.invitation t
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.invited_by
			JOIN members.person b ON b.id = br.person_id` + OwnRows + `ORDER BY t.made_at`},
		{Name: "invitations_open", From: "members.invitation", SQL: `
			SELECT c.name AS cooperative, b.name AS by, t.email, t.begins, t.made_at, t.expires_at
			FROM members.invitation t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.invited_by
			JOIN members.person b ON b.id = br.person_id
			WHERE t.email = (SELECT email FROM members.person WHERE id = $1) ORDER BY t.made_at`},
		{Name: "invited_as_colleague", From: "members.client_invitation", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, b.name AS by, t.name, t.email, t.duty, t.invited_at, t.expires_at, t.used_at, t.withdrawn_at
			FROM members.client_invitation t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.invited_by
			JOIN members.person b ON b.id = br.person_id
			WHERE t.email = (SELECT email FROM members.person WHERE id = $1) ORDER BY t.invited_at`},
	}
}
