package web_test

import "meent/members"

// theirAdvance is what the form of POST /pay/:engagement/advance/back names: one
// of the first member's, and one of the far member's, who may take it back.
const theirAdvance = "00000000-0000-4000-8000-000000000001"

// payPages are wages of which a part was asked earlier.
func (w *world) payPages() {
	n := 0
	w.each("advance", func(people map[members.RoleKind]members.Actor) string {
		bill, line, advance, member := newUUID(), newUUID(), newUUID(), people[members.RoleMember]
		w.exec(`INSERT INTO payments.bill (id, cooperative_id, client_id, ref, title, language, worked_on, minutes, rate_cents, total_cents, state, billed_at)
			VALUES ($1, $2, $3, $4, 'Ramen', 'nl', '2026-11-20', 60, 1600, 1600, 'due', $5)`,
			bill, member.Cooperative, people[members.RoleClient].Client, w.ids["engagement"][n]+":rest", w.now)
		w.exec(`INSERT INTO payments.bill_line (id, cooperative_id, bill_id, kind, member_id, cents) VALUES ($1, $2, $3, 'wage', $4, 1600)`,
			line, member.Cooperative, bill, member.Member)
		w.advance(advance, line, member)
		if n != 1 { // the first and the second people share a cooperative
			w.exec(`INSERT INTO payments.advance (id, cooperative_id, member_id, line_id, cents, state, asked_at)
				SELECT $1, $2, $3, id, 500, 'asked', $4 FROM payments.bill_line WHERE cooperative_id = $2 AND member_id = $3 AND id <> $5 ORDER BY id LIMIT 1`,
				theirAdvance, member.Cooperative, member.Member, w.now, line)
		}
		n++
		return advance
	})
}

// advance is asked by the member on this wage.
func (h *house) advance(advance, line string, member members.Actor) {
	h.t.Helper()
	_, err := h.db.Exec(h.t.Context(), `INSERT INTO payments.advance (id, cooperative_id, member_id, line_id, cents, state, asked_at)
		VALUES ($1, $2, $3, $4, 500, 'asked', $5)`, advance, member.Cooperative, member.Member, line, h.now)
	h.must(err)
}
