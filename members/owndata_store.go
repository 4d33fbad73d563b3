package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/owndata"
)

// OwnRows ends a query over rows t that have cooperative_id and member_id: those
// of the person $1, with the cooperative as c.
const OwnRows = `
	JOIN members.member m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.cooperative c ON c.id = t.cooperative_id
	WHERE r.person_id = $1 `

// inWords is a skill in the person's language.
const inWords = `CASE (SELECT locale FROM members.person WHERE id = $1) WHEN 'en' THEN s.en ELSE s.nl END`

func findUnerased(ctx context.Context, tx pgx.Tx, person PersonID) error {
	var found PersonID
	return notFound(tx.QueryRow(ctx, `SELECT id FROM members.person WHERE id = $1 AND erased_at IS NULL`, person).Scan(&found))
}

func findPersonKey(ctx context.Context, tx pgx.Tx, person PersonID) (personKey, error) {
	row := personKey{person: person}
	err := tx.QueryRow(ctx, `SELECT key_id, wrapped FROM members.person_key WHERE person_id = $1`, person).Scan(&row.keyID, &row.wrapped)
	return row, notFound(err)
}

func ownQueries() (list []owndata.Query) {
	for _, some := range [][]owndata.Query{ownPerson(), ownProfile(), ownKeys(), ownSharing(), ownJoining(), ownDecisions()} {
		list = append(list, some...)
	}
	return list
}

func ownPerson() []owndata.Query {
	return []owndata.Query{
		{Name: "person", From: "members.person", SQL: `SELECT id AS number, name, email, locale AS language, created_at, signed_out_at FROM members.person WHERE id = $1`},
		{Name: "roles", From: "members.role members.client", SQL: `
			SELECT c.name AS cooperative, t.kind AS role, cl.name AS client, t.duty, t.created_at, t.ended_at
			FROM members.role t
			JOIN members.cooperative c ON c.id = t.cooperative_id
			LEFT JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id
			WHERE t.person_id = $1 ORDER BY t.created_at, t.id`},
		{Name: "membership", From: "members.member", SQL: `
			SELECT c.name AS cooperative, m.state, pl.name AS place, m.reach_m AS reach_metres, m.travel, m.referred_at, m.trial_at, m.trial_until,
				m.member_at, m.alumni_at, b.name AS moved_by, m.consent, m.consent_day
			FROM members.member m
			JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
			JOIN members.cooperative c ON c.id = m.cooperative_id
			JOIN members.place pl ON pl.code = m.place_code
			LEFT JOIN members.role br ON br.cooperative_id = m.cooperative_id AND br.id = m.moved_by
			LEFT JOIN members.person b ON b.id = br.person_id
			WHERE r.person_id = $1 ORDER BY c.name`},
		{Name: "clients", From: "members.client", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, cl.kind, pl.name AS place, cl.address, cl.state, cl.created_at, cl.decided_at, CASE WHEN cl.refused_to = $1 THEN cl.refused_why END AS reason, 'client.refused_why@' || cl.id AS "reason@"
			FROM members.role t
			JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id
			JOIN members.cooperative c ON c.id = t.cooperative_id
			JOIN members.place pl ON pl.code = cl.place_code
			WHERE t.person_id = $1 AND t.ended_at IS NULL ORDER BY c.name, cl.name`},
	}
}

func ownProfile() []owndata.Query {
	return []owndata.Query{
		{Name: "confided", From: "members.sealed", SQL: `
			SELECT t.name AS what, c.name AS cooperative, t.cooperative_id::text, t.sealed FROM members.sealed t
			LEFT JOIN members.cooperative c ON c.id = t.cooperative_id
			WHERE t.person_id = $1 ORDER BY t.name, c.name`},
		{Name: "profile", From: "members.member_profile", SQL: `
			SELECT c.name AS cooperative, t.physical, t.sensory, t.mental, t.support, t.week, t.hours_wanted, t.hours_most, t.room_cents, t.room_withheld,
				t.dutch, t.english, t.channel, t.quiet_from, t.quiet_until, t.most_offers, t.rest_days, t.certificate
			FROM members.member_profile t` + OwnRows + `ORDER BY c.name`},
		{Name: "answers", From: "members.member_answer", SQL: `SELECT c.name AS cooperative, t.question, t.state, t.at FROM members.member_answer t` + OwnRows + `ORDER BY t.at, t.question`},
		{Name: "skills", From: "members.member_skill", SQL: `
			SELECT c.name AS cooperative, ` + inWords + ` AS skill, t.level
			FROM members.member_skill t JOIN members.skill s ON s.code = t.skill_code` + OwnRows + `ORDER BY c.name, s.nl`},
		{Name: "skills_seen", From: "members.skill_evidence", SQL: `
			SELECT c.name AS cooperative, ` + inWords + ` AS skill, t.level, t.at, b.name AS by, br.kind AS role
			FROM members.skill_evidence t
			JOIN members.skill s ON s.code = t.skill_code
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.by_role_id
			JOIN members.person b ON b.id = br.person_id` + OwnRows + `ORDER BY t.at, s.nl`},
		{Name: "goals", From: "members.member_goal", SQL: `
			SELECT c.name AS cooperative, ` + inWords + ` AS skill
			FROM members.member_goal t JOIN members.skill s ON s.code = t.skill_code` + OwnRows + `ORDER BY c.name, s.nl`},
		{Name: "abilities", From: "members.member_ability", SQL: `
			SELECT c.name AS cooperative, ` + inWords + ` AS ability, t.strength
			FROM members.member_ability t JOIN members.ability s ON s.code = t.ability_code` + OwnRows + `ORDER BY c.name, s.nl`},
		{Name: "days", From: "members.member_day", SQL: `SELECT c.name AS cooperative, t.day, t.off AS day_off, t.extra FROM members.member_day t` + OwnRows + `ORDER BY t.day`},
		{Name: "blocks", From: "members.client_block", SQL: `
			SELECT c.name AS cooperative, cl.name AS client, t.since, t.reason, 'client_block.reason@' || t.cooperative_id || ':' || t.client_id AS "reason@"
			FROM members.client_block t JOIN members.client cl ON cl.cooperative_id = t.cooperative_id AND cl.id = t.client_id` + OwnRows + `ORDER BY t.since`},
	}
}
