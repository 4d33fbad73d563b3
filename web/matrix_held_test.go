package web_test

import "meent/members"

// heldMoney is a payout that waits for a person, and money that somebody else
// wants moved by hand.
func (w *world) heldMoney() {
	w.each("/payouts/:payout/release:payout", func(people map[members.RoleKind]members.Actor) string {
		payout, line, member := newUUID(), newUUID(), people[members.RoleMember]
		w.exec(`INSERT INTO payments.bill_line (id, cooperative_id, bill_id, kind, member_id, cents)
			SELECT $1, $2, b.id, 'wage', $3, 1600 FROM payments.bill b WHERE b.cooperative_id = $2 AND b.client_id = $4 ORDER BY b.id LIMIT 1`,
			line, member.Cooperative, member.Member, people[members.RoleClient].Client)
		w.exec(`INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at, held_at, held_why)
			VALUES ($1, $2, $3, $4, 1600, 'held', $5, $5, 'hour')`, payout, member.Cooperative, line, member.Member, w.now)
		return payout
	})
	asker := func(office members.Actor) string {
		role, who := newUUID(), newUUID()
		w.exec(`INSERT INTO members.person (id, email, name, locale, created_at) VALUES ($1, $2, 'Vrager', 'nl', $3)`, who, who+"@meent.example", w.now)
		w.exec(`INSERT INTO members.role (id, cooperative_id, person_id, kind, created_at) VALUES ($1, $2, $3, 'coordinator', $4)`, role, office.Cooperative, who, w.now)
		return role
	}
	w.each("manual", func(people map[members.RoleKind]members.Actor) string {
		manual, office := newUUID(), people[members.RoleCoordinator]
		w.exec(`INSERT INTO payments.manual (id, cooperative_id, source, destination, cents, reason, state, proposed_by, proposed_at)
			VALUES ($1, $2, 'coop:bank', 'coop:fund', 100, 'Gift', 'proposed', $3, $4)`, manual, office.Cooperative, asker(office), w.now)
		return manual
	})
	w.each("change", func(people map[members.RoleKind]members.Actor) string {
		change, office := newUUID(), people[members.RoleCoordinator]
		w.exec(`UPDATE payments.policy_change SET state = 'taken_back', decided_by = proposed_by, decided_at = $2 WHERE cooperative_id = $1 AND state = 'proposed'`, office.Cooperative, w.now)
		w.exec(`INSERT INTO payments.policy_change (id, cooperative_id, four_eyes_cents, payout_cents, hour_cents, member_day_cents, advance_cents, reason, state, proposed_by, proposed_at)
			VALUES ($1, $2, 1, 1, 1, 1, 1, 'Zo', 'proposed', $3, $4)`, change, office.Cooperative, asker(office), w.now)
		return change
	})
}
