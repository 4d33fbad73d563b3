package members

import "meent/internal/owndata"

// ownKeys are about how the person signs in, without anything that opens a door.
func ownKeys() []owndata.Query {
	return []owndata.Query{
		{Name: "sessions", From: "members.session", SQL: `
			SELECT (data ->> 'since')::timestamptz AS since, data ->> 'seen' AS last_day, data ->> 'device' AS device, expires_at, ended_at
			FROM members.session WHERE person_id = $1 ORDER BY since`},
		{Name: "sign_ins", From: "members.sign_in", SQL: `
			SELECT t.asked_at, t.expires_at, t.used_at, t.tries FROM members.sign_in t
			WHERE t.email = (SELECT email FROM members.person WHERE id = $1) ORDER BY t.asked_at`},
		{Name: "passkeys", From: "members.passkey", SQL: `SELECT name, added_at, used_on FROM members.passkey WHERE person_id = $1 ORDER BY added_at`},
		{Name: "code_app", From: "members.code_app", SQL: `SELECT begun_at, confirmed_at FROM members.code_app WHERE person_id = $1`},
		{Name: "spare_codes", From: "members.recovery_code", SQL: `SELECT count(*) AS left_over FROM members.recovery_code WHERE person_id = $1 HAVING count(*) > 0`},
		{Name: "code_guesses", From: "members.factor_guess", SQL: `SELECT at FROM members.factor_guess WHERE person_id = $1 ORDER BY at`},
		{Name: "email_changes", From: "members.email_change", SQL: `
			SELECT old_email, new_email, asked_at, expires_at, used_at, tries FROM members.email_change WHERE person_id = $1 ORDER BY asked_at`},
		{Name: "phone", From: "members.phone", SQL: `
			SELECT sealed AS phone, 'phone.number' AS "phone@", confirmed_at FROM members.phone WHERE person_id = $1`},
		{Name: "phone_changes", From: "members.phone_change", SQL: `
			SELECT sealed AS phone, 'phone_change.number' AS "phone@", asked_at, expires_at, used_at, tries FROM members.phone_change WHERE person_id = $1 ORDER BY asked_at`},
		{Name: "sign_in_cards", From: "members.sign_in_card", SQL: `
			SELECT c.name AS cooperative, t.printed_at, t.expires_at, t.used_at, b.name AS by
			FROM members.sign_in_card t
			JOIN members.role br ON br.cooperative_id = t.cooperative_id AND br.id = t.printer_id
			JOIN members.person b ON b.id = br.person_id` + OwnRows + `ORDER BY t.printed_at`},
		{Name: "calendar", From: "members.calendar", SQL: `SELECT c.name AS cooperative, t.made_at FROM members.calendar t` + OwnRows + `ORDER BY t.made_at`},
	}
}
