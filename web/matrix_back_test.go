package web_test

import "meent/members"

// moneyBack is a refund and a wage that a second person decides about, and what a
// bank asks back.
func (w *world) moneyBack() {
	const bill = `(SELECT b.id FROM payments.bill b WHERE b.cooperative_id = $2 AND b.client_id = $3 ORDER BY b.id LIMIT 1)`
	asker := func(c members.Actor) string {
		role, who := newUUID(), newUUID()
		w.exec(`INSERT INTO members.person (id, email, name, locale, created_at) VALUES ($1, $2, 'Vrager', 'nl', $3)`, who, who+"@meent.example", w.now)
		w.exec(`INSERT INTO members.role (id, cooperative_id, person_id, kind, created_at) VALUES ($1, $2, $3, 'coordinator', $4)`, role, c.Cooperative, who, w.now)
		return role
	}
	w.each("refund", func(people map[members.RoleKind]members.Actor) string {
		refund, client := newUUID(), people[members.RoleClient]
		w.exec(`INSERT INTO payments.refund (id, cooperative_id, bill_id, cents, reason, state, asked_by, asked_at)
			VALUES ($1, $2, `+bill+`, 100, 'Te veel', 'asked', $4, $5)`, refund, client.Cooperative, client.Client, asker(client), w.now)
		return refund
	})
	w.each("dispute", func(people map[members.RoleKind]members.Actor) string {
		dispute, client := newUUID(), people[members.RoleClient]
		w.exec(`INSERT INTO payments.dispute (id, cooperative_id, bill_id, outside_id, cents, state, reason, until, opened_at)
			VALUES ($1::uuid, $2, `+bill+`, $1::uuid::text, 100, 'open', 'general', $4::timestamptz + interval '9 days', $4)`, dispute, client.Cooperative, client.Client, w.now)
		return dispute
	})
	w.each("deposit", func(people map[members.RoleKind]members.Actor) string {
		deposit, client := newUUID(), people[members.RoleClient]
		w.exec(`INSERT INTO payments.deposit (id, cooperative_id, client_id, ref, title, language, cents, state, asked_at, charge_id, held_at, ended_at, back_failed_at)
			VALUES ($1::uuid, $2, $3, $1::uuid::text, 'Ramen', 'nl', 100, 'returned', $4, $1::uuid::text, $4, $4, $4)`, deposit, client.Cooperative, client.Client, w.now)
		return deposit
	})
	w.each("clawback", func(people map[members.RoleKind]members.Actor) string {
		clawback, member := newUUID(), people[members.RoleMember]
		w.exec(`INSERT INTO payments.clawback (id, cooperative_id, line_id, member_id, cents, reason_sealed, state, asked_by, asked_at)
			SELECT $1, $2, id, $3, 100, $6, 'asked', $4, $5 FROM payments.bill_line WHERE cooperative_id = $2 AND member_id = $3 LIMIT 1`,
			clawback, member.Cooperative, member.Member, asker(member), w.now, make([]byte, 40))
		return clawback
	})
	w.each("settlement", func(people map[members.RoleKind]members.Actor) string {
		clawback, settlement, member := newUUID(), newUUID(), people[members.RoleMember]
		one, other := asker(member), asker(member)
		w.exec(`INSERT INTO payments.clawback (id, cooperative_id, line_id, member_id, cents, reason_sealed, state, asked_by, asked_at, decided_by, decided_at)
			SELECT $1, $2, id, $3, 100, $6, 'decided', $4, $5, $7, $5 FROM payments.bill_line WHERE cooperative_id = $2 AND member_id = $3 LIMIT 1`,
			clawback, member.Cooperative, member.Member, one, w.now, make([]byte, 40), other)
		w.exec(`INSERT INTO payments.settlement (id, cooperative_id, clawback_id, way, cents, reason_sealed, state, asked_by, asked_at)
			VALUES ($1, $2, $3, 'repaid', 100, $6, 'asked', $4, $5)`, settlement, member.Cooperative, clawback, one, w.now, make([]byte, 40))
		return settlement
	})
}
