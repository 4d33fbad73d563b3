package main

import (
	"testing"
	"time"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// moneyPlants plants money of the first member and the first client, by the two
// coordinators of their cooperative. Its postings are nobody's business on a page.
type moneyPlants struct {
	*testing.T
	house *testHouse
	money *payments.Service

	first, second, member, client members.Actor
}

// waitingMoney are pages of money that waits for somebody.
type waitingMoney struct {
	offered, asked, refused, out, partly, held, stopped string // what the member reads of each work
	gig, bill                                           string
}

// moneyWaits plants money that waits, in each form that pages have for it. It hides
// what others look at, such as the form for other limits, so it comes last.
func (h *testHouse) moneyWaits(t *testing.T) (w waitingMoney) {
	t.Helper()
	p := h.moneyPlants(t)
	p.proposals()
	p.bank()
	w.offered = p.twoBills()
	w.asked, w.refused, w.out = p.advance("asked", "history", members.RoleID{}), p.refused(), p.advance("out", "", members.RoleID{})
	p.advance("asked", "fund", members.RoleID{})
	p.advance("approved", "", members.RoleID{})
	p.advance("out", "", p.first.Role)
	w.partly = p.advance("out", "", p.second.Role)
	w.bill = p.partlyBefore(w.partly)
	w.held = p.held("hour", 2100, members.RoleID{})
	p.held("payout", 160_000, members.RoleID{})
	p.held("member_day", 60_000, p.first.Role)
	p.held("member_day", 60_000, p.second.Role)
	p.stranded()
	w.stopped = p.due()
	w.gig = p.deposits()
	p.notReturned()
	p.silent()
	p.stops()
	return w
}

// silent are a wage and a refund of which Stripe says nothing.
func (p *moneyPlants) silent() {
	p.Helper()
	for kind, days := range map[string]int{"transfer": 1, "refund": 4} {
		p.sql(`INSERT INTO payments.errand (cooperative_id, kind, subject, tries, first_at, last_at, input_hash) VALUES ($1, $2, gen_random_uuid()::text, 3, $3, $3, sha256('x'))`,
			p.first.Cooperative, kind, p.house.now().Add(-time.Duration(24*days+2)*time.Hour))
	}
}

func (h *testHouse) moneyPlants(t *testing.T) *moneyPlants {
	t.Helper()
	queue := tasks.New(h.db, tasks.Config{Now: h.now})
	people := members.New(h.db, queue, h.now, nil, h.keyring)
	p := &moneyPlants{T: t, house: h, money: payments.New(h.db, queue, people, nil, h.now, nil),
		first: h.actor(t, members.RoleCoordinator), member: h.actor(t, members.RoleMember), client: h.actor(t, members.RoleClient)}
	for _, one := range h.everyone {
		if one.Role.Kind == members.RoleCoordinator && one.Role.Cooperative == p.first.Cooperative && one.Person != p.first.Person {
			p.second = h.as(t, people, one)
		}
	}
	return p
}

func (p *moneyPlants) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *moneyPlants) sql(query string, args ...any) {
	p.Helper()
	_, err := p.house.db.Exec(p.Context(), query, args...)
	p.must(err)
}

// proposals are of each coordinator one that waits, and some that are decided. The
// fund has something from then on.
func (p *moneyPlants) proposals() {
	p.Helper()
	for _, n := range []struct {
		by       members.Actor
		from, to payments.Account
		reason   string
		decide   func(payments.ManualID) error
	}{
		{p.first, payments.CoopBank, payments.Fund, "Gift van de stad", func(m payments.ManualID) error { return p.money.ApproveManual(p.Context(), p.second, m) }},
		{p.second, payments.Fund, payments.Costs, "Nieuwe laptop", func(m payments.ManualID) error { return p.money.RefuseManual(p.Context(), p.first, m) }},
		{p.first, payments.Contribution, payments.Fund, "Zo sprak de ledenraad af", nil},
		{p.second, payments.Fund, payments.Loss, "Een klant is failliet. De ledenraad wil dat het fonds dit draagt.", nil},
	} {
		m, err := p.money.ProposeManual(p.Context(), n.by, payments.NewManual{From: n.from, To: n.to, Amount: 50_000, Reason: n.reason})
		p.must(err)
		if n.decide != nil {
			p.must(n.decide(m))
		}
	}
	limits := payments.DefaultPolicy()
	limits.Hour = 30_000_00
	change, err := p.money.ProposePolicy(p.Context(), p.first, limits, "Er zijn meer leden dan vorig jaar.")
	p.must(err)
	p.must(p.money.DecidePolicy(p.Context(), p.second, change, payments.PolicyApproved))
	limits.Payout = 2_000_00
	_, err = p.money.ProposePolicy(p.Context(), p.second, limits, "Sommige leden werken een hele maand.")
	p.must(err)
}

// bank is where the member is paid; so an advance can be asked.
func (p *moneyPlants) bank() {
	p.Helper()
	p.sql(`INSERT INTO payments.payee (cooperative_id, member_id, account, state, bank, changed_at, looked_at) VALUES ($1, $2, 'acct_axe', 'ready', 'ba_axe', $3, $3)
		ON CONFLICT (cooperative_id, member_id) DO UPDATE SET account = 'acct_axe', state = 'ready', bank = 'ba_axe', looked_at = $3, rests_until = NULL`,
		p.member.Cooperative, p.member.Member, p.house.now())
}

// work is of the member, and what it is called in bills.
func (p *moneyPlants) work(far done) (ref string) {
	p.Helper()
	p.house.workDone(p.T, far)
	p.must(p.house.db.QueryRow(p.Context(), `SELECT ref FROM payments.bill ORDER BY billed_at DESC, id DESC LIMIT 1`).Scan(&ref))
	return ref
}

// twoBills is work of which a part was in dispute, so that it is billed twice.
func (p *moneyPlants) twoBills() (ref string) {
	p.Helper()
	ref = p.work(agreed)
	engagement, err := jobs.EngagementOf(payments.Reference(ref))
	p.must(err)
	rest := string(jobs.BillRefs(engagement)[1])
	p.sql(`INSERT INTO payments.bill (id, cooperative_id, client_id, ref, title, language, worked_on, minutes, rate_cents, total_cents, state, billed_at)
		SELECT gen_random_uuid(), cooperative_id, client_id, $2, title, language, worked_on, 30, rate_cents, 880, 'due', billed_at FROM payments.bill WHERE ref = $1`, ref, rest)
	p.sql(`INSERT INTO payments.bill_line (id, cooperative_id, bill_id, kind, member_id, cents)
		SELECT gen_random_uuid(), b.cooperative_id, b.id, k.kind, CASE WHEN k.kind = 'wage' THEN $2::uuid END, k.cents
		FROM payments.bill b, (VALUES ('wage', 800), ('contribution', 80)) k (kind, cents) WHERE b.ref = $1`, rest, p.member.Member)
	return ref
}

// advance is one of new work; somebody may have asked that the fund carries it.
func (p *moneyPlants) advance(state, doubt string, covering members.RoleID) (ref string) {
	p.Helper()
	ref = p.work(agreed)
	var by *members.RoleID
	if !covering.IsZero() {
		by = &covering
	}
	p.sql(`INSERT INTO payments.advance (id, cooperative_id, member_id, line_id, cents, state, doubt, asked_at, decided_at, covering_by)
		SELECT gen_random_uuid(), l.cooperative_id, l.member_id, l.id, 1200, $2, $3, $4, CASE WHEN $2 <> 'asked' THEN $4::timestamptz END, $5
		FROM payments.bill b JOIN payments.bill_line l ON l.bill_id = b.id AND l.kind = 'wage' WHERE b.ref = $1`, ref, state, doubt, p.house.now(), by)
	return ref
}

func (p *moneyPlants) refused() (ref string) {
	p.Helper()
	ref = p.advance("asked", "limit", members.RoleID{})
	var advance payments.AdvanceID
	const newest = `SELECT a.id FROM payments.advance a JOIN payments.bill_line l ON l.id = a.line_id JOIN payments.bill b ON b.id = l.bill_id WHERE b.ref = $1`
	p.must(p.house.db.QueryRow(p.Context(), newest, ref).Scan(&advance))
	p.must(p.money.RefuseAdvance(p.Context(), p.first, advance, "Je kreeg deze maand al twee keer iets eerder."))
	return ref
}

// partlyBefore lets a part of a bill have been paid beforehand.
func (p *moneyPlants) partlyBefore(ref string) (bill string) {
	p.Helper()
	p.must(p.house.db.QueryRow(p.Context(), `UPDATE payments.bill SET deposit_cents = 1000 WHERE ref = $1 RETURNING id::text`, ref).Scan(&bill))
	return bill
}

// held is a wage that waits for a person; one may have said yes.
func (p *moneyPlants) held(why string, cents payments.Cents, asked members.RoleID) (ref string) {
	p.Helper()
	ref = p.work(sentBack)
	var by *members.RoleID
	if !asked.IsZero() {
		by = &asked
	}
	p.sql(`UPDATE payments.payout o SET state = 'held', held_why = $2, held_at = $3, cents = $4, release_asked_by = $5,
			release_asked_at = CASE WHEN $5::uuid IS NOT NULL THEN $3::timestamptz END
		FROM payments.bill_line l JOIN payments.bill b ON b.id = l.bill_id WHERE l.id = o.line_id AND b.ref = $1`, ref, why, p.house.now(), cents, by)
	return ref
}

// due is a wage that would leave now.
func (p *moneyPlants) due() (ref string) {
	p.Helper()
	ref = p.work(sentBack)
	p.sql(`UPDATE payments.payout o SET state = 'due', due_at = $2, account = NULL, transfer_id = NULL, payout_id = NULL, sent_at = NULL
		FROM payments.bill_line l JOIN payments.bill b ON b.id = l.bill_id WHERE l.id = o.line_id AND b.ref = $1`, ref, p.house.now())
	return ref
}

// stranded is a wage on an account that the member has no more.
func (p *moneyPlants) stranded() {
	p.Helper()
	p.sql(`UPDATE payments.payout o SET transfer_id = 'tr_axe', account = 'acct_former'
		FROM payments.bill_line l JOIN payments.bill b ON b.id = l.bill_id WHERE l.id = o.line_id AND b.ref = $1`, p.work(sentBack))
}

// deposits is a gig that waits for money, and what was paid for it so far.
func (p *moneyPlants) deposits() (gig string) {
	p.Helper()
	p.must(p.money.ChooseDeposits(p.Context(), p.first, payments.EveryDeposit))
	p.house.post(p.T, p.house.someone(p.T, members.RoleClient), "Schuur opruimen")
	p.must(p.house.db.QueryRow(p.Context(), `SELECT id::text FROM jobs.gig WHERE title = 'Schuur opruimen' ORDER BY posted_at DESC LIMIT 1`).Scan(&gig))
	for _, d := range []struct {
		state     string
		used      int
		ended, at bool // over, and back at the bank
	}{{"paying", 0, false, false}, {"held", 300, false, false}, {"applied", 1000, true, false}, {"returned", 400, true, true}} {
		p.sql(`INSERT INTO payments.deposit (id, cooperative_id, client_id, ref, title, language, cents, used_cents, state, asked_at, checkouts, checkout_at, charge_id, held_at, ended_at, back_at)
			VALUES (gen_random_uuid(), $1, $2, $3, 'Schuur opruimen', 'nl', 1000, $4, $5, $6, 1, $6,
				CASE WHEN $5 <> 'paying' THEN 'ch_' || $3 || $5 END, CASE WHEN $5 <> 'paying' THEN $6::timestamptz END, CASE WHEN $7 THEN $6::timestamptz END, CASE WHEN $8 THEN $6::timestamptz END)`,
			p.client.Cooperative, p.client.Client, gig, d.used, d.state, p.house.now(), d.ended, d.at)
	}
	return gig
}

// notReturned is what is left of deposits and did not come back to the client: a bank,
// or the gateway, said no; and one of the two coordinators knows another way.
func (p *moneyPlants) notReturned() {
	p.Helper()
	for _, d := range []struct {
		refused, note string
		by            *members.RoleID
	}{
		{"", "", nil}, {"expired_or_canceled_card", "", nil},
		{"", "Van onze eigen bank, op 20 november.", &p.first.Role}, {"", "In contant geld, met een bon.", &p.second.Role},
	} {
		ref := id.New[payments.Deposit](nil).String()
		p.sql(`INSERT INTO payments.deposit (id, cooperative_id, client_id, ref, title, language, cents, used_cents, state, asked_at, charge_id, held_at, ended_at,
				back_failed_at, back_refused, hand_note, hand_asked_by, hand_asked_at)
			VALUES ($3::text::uuid, $1, $2, $3, 'Bladeren harken', 'nl', 4400, 1400, 'returned', $4, 'ch_' || $3, $4, $4, $4, $5, $6, $7, CASE WHEN $7::uuid IS NOT NULL THEN $4::timestamptz END)`,
			p.client.Cooperative, p.client.Client, ref, p.house.now(), d.refused, d.note, d.by)
	}
}

// stops are one of each cause, and one that is over.
func (p *moneyPlants) stops() {
	p.Helper()
	now := p.house.now()
	p.must(p.money.StopPayouts(p.Context(), p.second, "Wij kijken een betaling na."))
	const stop = `INSERT INTO payments.stop (id, cooperative_id, cause, since, asked_by, asked_at, lifted_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	restored := id.New[payments.Stop](nil)
	p.sql(stop, restored, p.first.Cooperative, payments.StopRestored, now.Add(-time.Hour), p.second.Role, now, nil)
	p.sql(stop, id.New[payments.Stop](nil), p.first.Cooperative, payments.StopDifference, now.Add(-time.Hour), p.first.Role, now, nil)
	p.sql(stop, id.New[payments.Stop](nil), p.first.Cooperative, payments.StopDifference, now.Add(-72*time.Hour), nil, nil, now.Add(-70*time.Hour))
	for _, subject := range []string{"one", "two", "three"} {
		p.sql(`INSERT INTO payments.adopted (cooperative_id, stop_id, kind, subject, outside, adopted_at) VALUES ($1, $2, 'transfer', $3, 'tr_' || $3, $4)`,
			p.first.Cooperative, restored, subject, now)
	}
}

// goOn lets money leave again.
func (h *testHouse) goOn(t *testing.T) {
	t.Helper()
	if _, err := h.db.Exec(t.Context(), `UPDATE payments.stop SET lifted_at = $1 WHERE lifted_at IS NULL`, h.now()); err != nil {
		t.Fatal(err)
	}
}
