package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
	"meent/payments"
	"meent/payments/stripesim"
)

// moneyPlay is one house in which a client, a member and a coordinator each have a
// browser; the simulator's own verbs play the banks.
type moneyPlay struct {
	*testing.T
	house                  *testHouse
	client, member, office *visitor
	who                    map[*visitor]members.PersonRole
	as                     map[*visitor]members.Actor
	work                   *jobs.Service
	money                  *payments.Service
	sim                    *stripesim.Simulator
}

// TestMoney plays what happens to money, each step seen by whom it concerns: paid
// before the work, a refused card, an advance, a wage that the bank sends back, a
// refund, and a dispute. The simulator's book judges the end.
func TestMoney(t *testing.T) {
	p := newMoneyPlay(t)
	p.deposits(payments.EveryDeposit)
	first, gig := p.post("Schuur opruimen")
	p.payBefore(gig)
	p.worked(first)
	p.seen(p.member, "/pay", "wacht op je gegevens")
	p.member.tellBank()
	p.paidOut()
	p.getsRestBack(gig)

	p.deposits(payments.NoDeposits)
	p.fundHas(800)
	second, _ := p.post("Heg knippen")
	engagement := p.worked(second)
	p.advance(engagement)
	bill, charge := p.payBill(engagement)
	p.bankSendsBack(engagement)
	p.refund(bill)
	p.dispute(bill, charge)
	p.bookAgrees()
}

func newMoneyPlay(t *testing.T) *moneyPlay {
	h := newTestHouse(t)
	queue := tasks.New(h.db, tasks.Config{Now: h.now})
	people := members.New(h.db, queue, h.now, nil, h.keyring)
	p := &moneyPlay{T: t, house: h, who: map[*visitor]members.PersonRole{}, as: map[*visitor]members.Actor{}}
	p.money = payments.New(h.db, queue, people, nil, h.now, nil)
	p.work = jobs.New(h.db, queue, people, p.money, h.now, nil)
	p.sim = stripesim.New(h.db, stripesim.Config{Now: h.now, Platform: stripesim.Endpoint{URL: "told by the house's own"}, Connect: stripesim.Endpoint{URL: "told by the house's own"}})
	for kind, v := range map[members.RoleKind]**visitor{members.RoleClient: &p.client, members.RoleMember: &p.member, members.RoleCoordinator: &p.office} {
		*v = &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: h}
		p.who[*v] = h.someone(t, kind)
		as, err := people.Actor(t.Context(), p.who[*v].Person, p.who[*v].Role.ID)
		p.must(err)
		p.as[*v] = as
		(*v).comeBack(p.who[*v])
	}
	return p
}

func (p *moneyPlay) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *moneyPlay) deposits(d payments.Deposits) {
	p.Helper()
	p.must(p.money.ChooseDeposits(p.Context(), p.as[p.office], d))
}

// seen waits until the page says that.
func (p *moneyPlay) seen(v *visitor, path, text string) {
	p.Helper()
	v.waitFor(path, strings.ReplaceAll(text, "€ ", "€\u00a0"))
}

// post posts six hours of work at twenty euros: 132 with the contribution.
func (p *moneyPlay) post(title string) (shift jobs.ShiftID, gig string) {
	p.Helper()
	starts := p.house.now().Add(24 * time.Hour)
	_, err := p.work.Post(p.Context(), p.as[p.client], jobs.NewGig{
		Client: p.as[p.client].Client, Title: title, Description: "Je helpt een dag mee.", Language: members.Dutch, PlaceCode: "nijmegen",
		Rate: 2000, Load: jobs.Light, Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(6 * time.Hour), Seats: 1}},
	})
	p.must(err)
	p.must(p.house.db.QueryRow(p.Context(), `SELECT s.id, s.gig_id::text FROM jobs.shift s JOIN jobs.gig g ON g.id = s.gig_id WHERE g.title = $1`, title).Scan(&shift, &gig))
	return shift, gig
}

// payBefore pays for the gig, after a card that is refused.
func (p *moneyPlay) payBefore(gig string) {
	p.Helper()
	p.seen(p.client, "/gigs/"+gig, "Deze klus begint als u € 132,00 vooraf betaalt.")
	p.client.presses(`form[action$="/deposit"] button`)
	p.client.payWith("4000000000000002")
	p.client.says("geweigerd")
	p.client.payWith("4242424242424242")
	p.seen(p.client, "/gigs/"+gig, "€ 132,00: betaald. Hiervan is nu € 132,00 over.")
	p.seen(p.office, "/gigs/"+gig, "€ 132,00: betaald.")
}

// worked lets the member have worked four of the hours, and both agree: 80 for the
// member, 88 for the client.
func (p *moneyPlay) worked(shift jobs.ShiftID) (engagement jobs.EngagementID) {
	p.Helper()
	p.house.moveBack(p.T, shift)
	const engaged = `
		INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at)
		SELECT gen_random_uuid(), cooperative_id, id, $2, starts_at, ends_at, 'confirmed', starts_at FROM jobs.shift WHERE id = $1 RETURNING id`
	p.must(pgx.BeginFunc(p.Context(), p.house.db, func(tx pgx.Tx) error {
		return tx.QueryRow(p.Context(), engaged, shift, p.as[p.member].Member).Scan(&engagement)
	}))
	p.must(p.work.ProposeHours(p.Context(), p.as[p.member], engagement, jobs.Hours{Worked: 4 * time.Hour}))
	p.must(p.work.AgreeHours(p.Context(), p.as[p.client], engagement))
	return engagement
}

// paidOut lets the bank have its time, until the member reads that all is there.
func (p *moneyPlay) paidOut() {
	p.Helper()
	p.seen(p.member, "/pay", "onderweg naar jou")
	p.house.skip(4 * time.Second)
	p.seen(p.member, "/pay", "betaald")
}

// getsRestBack ends the gig: of 132 the bill took 88.
func (p *moneyPlay) getsRestBack(gig string) {
	p.Helper()
	p.seen(p.client, "/gigs/"+gig, "€ 132,00: betaald. Hiervan is nu € 44,00 over.")
	p.client.pushes(`form[action$="/finish"] [type="submit"]`, "/gigs/"+gig)
	p.house.skip(10 * time.Minute) // until the next look
	p.seen(p.client, "/gigs/"+gig, "€ 88,00 is gebruikt.")
	p.house.skip(4 * time.Second)
	p.seen(p.client, "/gigs/"+gig, "De bank kreeg € 44,00 terug.")
}

func (p *moneyPlay) fundHas(cents payments.Cents) {
	p.Helper()
	_, err := p.money.Post(p.Context(), p.as[p.office].Cooperative, payments.Entry{Key: "gift", Cause: "manual_like",
		Postings: []payments.Posting{{Source: payments.Contribution, Destination: payments.Fund, Amount: cents}}})
	p.must(err)
}

// advance has the member ask five euros of a wage that the client did not pay.
func (p *moneyPlay) advance(engagement jobs.EngagementID) {
	p.Helper()
	page := "/pay/" + engagement.String()
	p.seen(p.member, page, "Je kunt nu al een deel van je loon vragen.")
	p.member.fill(map[string]string{"amount": "5,00"})
	p.member.sends(page)
	p.seen(p.member, page, "€ 5,00")
	p.house.skip(4 * time.Second)
	p.seen(p.member, page, "Je kreeg € 5,00 eerder.")
	p.seen(p.office, "/advances", "kreeg € 5,00, open staat € 5,00")
}

// payBill pays with a card that is refused, and with one that is good.
func (p *moneyPlay) payBill(engagement jobs.EngagementID) (bill, charge string) {
	p.Helper()
	const whose = `SELECT id::text, coalesce(charge_id, '') FROM payments.bill WHERE ref = $1`
	p.must(p.house.db.QueryRow(p.Context(), whose, engagement.String()).Scan(&bill, &charge))
	p.seen(p.client, "/bills/"+bill, "€ 88,00")
	p.client.presses(`form[action$="/pay"] button`)
	p.client.payWith("4000000000000002")
	p.client.says("geweigerd")
	p.client.payWith("4242424242424242")
	p.seen(p.client, "/bills/"+bill, "Dank u wel.")
	p.must(p.house.db.QueryRow(p.Context(), whose, engagement.String()).Scan(&bill, &charge))
	p.seen(p.member, "/pay/"+engagement.String(), "Je loon heeft dat terugbetaald.")
	p.explained(p.member, "De betaaldienst rekent € 1,57 voor de betaling van de klant. Dat betaalt de coöperatie.") // 1.5 % and 25 cents
	return bill, charge
}

// explained holds when the page that is open says that, be it in what a press opens.
func (p *moneyPlay) explained(v *visitor, text string) {
	p.Helper()
	var all string
	v.run(chromedp.Evaluate(`document.querySelector("main").textContent`, &all))
	if !strings.Contains(all, strings.ReplaceAll(text, "€ ", "€\u00a0")) {
		p.Errorf("the page does not explain %q:\n%s", text, all)
	}
}

// bankSendsBack lets the payout fail. The member gives another account, its money
// rests for three days, and the office sends it again.
func (p *moneyPlay) bankSendsBack(engagement jobs.EngagementID) {
	p.Helper()
	page := "/pay/" + engagement.String()
	p.seen(p.member, page, "onderweg naar jou")
	p.must(p.sim.EndPayout(p.Context(), p.payout(engagement), "account_closed"))
	p.seen(p.member, page, "Je bank stuurde het geld terug.")
	p.seen(p.office, "/money", "terug van de bank, één betaling")
	var account string
	p.must(p.house.db.QueryRow(p.Context(), `SELECT account FROM payments.payee WHERE member_id = $1`, p.as[p.member].Member).Scan(&account))
	p.must(p.sim.ChangeBank(p.Context(), account, "7777", ""))
	p.seen(p.member, "/pay/bank", "Daarom wacht je geld drie dagen.")
	p.house.skip(73 * time.Hour)
	for v, who := range p.who {
		v.comeBack(who)
	}
	p.seen(p.office, "/payouts", "Heg knippen")
	p.office.presses(`form[action$="/again"] button`)
	p.seen(p.member, page, "onderweg naar jou")
	p.house.skip(4 * time.Second)
	p.seen(p.member, page, "Je bank kreeg het geld op")
}

// payout is the number at the gateway of the payout that carries the rest of this
// wage.
func (p *moneyPlay) payout(engagement jobs.EngagementID) (number string) {
	p.Helper()
	const sent = `
		SELECT coalesce(max(o.payout_id), '') FROM payments.payout o JOIN payments.bill_line l ON l.id = o.line_id JOIN payments.bill b ON b.id = l.bill_id
		WHERE b.ref = $1`
	for late := time.Now().Add(20 * time.Second); number == "" && time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		p.must(p.house.db.QueryRow(p.Context(), sent, engagement.String()).Scan(&number))
	}
	return number
}

// refund gives two euros back.
func (p *moneyPlay) refund(bill string) {
	p.Helper()
	page := "/bills/" + bill
	p.seen(p.office, page, "Geld teruggeven")
	p.office.fill(map[string]string{"amount": "2,00", "reason": "Een kwartier te veel berekend"})
	p.office.sends(page)
	p.seen(p.client, page, "Een kwartier te veel berekend")
	p.house.skip(4 * time.Second)
	p.seen(p.client, page, "terugbetaald")
}

// dispute lets the client's bank ask three euros back, and get them, although the
// office answered. The member keeps the wage.
func (p *moneyPlay) dispute(bill, charge string) {
	p.Helper()
	dispute, err := p.sim.Complain(p.Context(), stripesim.Complaint{Charge: charge, Amount: 300, Reason: "product_not_received"})
	p.must(err)
	p.seen(p.client, "/bills/"+bill, "teruggevraagd via de bank")
	page := p.office.first("/money/disputes", "/money/disputes/")
	p.seen(p.office, page, "Heg knippen")
	p.office.pushes(`form[action$="/answer"] [type="submit"]`, page)
	p.seen(p.office, page, "bij de bank")
	p.must(p.sim.Decide(p.Context(), dispute, "lost"))
	p.seen(p.client, "/bills/"+bill, "de bank gaf het geld terug aan de klant")
	p.seen(p.office, page, "Het geld is van de klant.")
	p.seen(p.member, "/pay", "betaald")
}

// bookAgrees holds what everybody was told against the simulator's own book.
func (p *moneyPlay) bookAgrees() {
	p.Helper()
	book, err := p.sim.Book(p.Context())
	p.must(err)
	got := fmt.Sprintf("charged %d, back %d, disputed %d, transferred %d, at banks %d", book.Charged, book.Refunded, book.Disputed, book.Transferred, book.PaidOut)
	if want := "charged 22000, back 4600, disputed 300, transferred 16000, at banks 16000"; got != want {
		p.Errorf("the book says: %s\nwant: %s", got, want)
	}
	ours, err := p.money.AtGatewayNow(p.Context(), p.as[p.office].Cooperative)
	if err != nil || ours != payments.Cents(book.Platform) {
		p.Errorf("the ledger says %v, the book %v, %v", ours, payments.Cents(book.Platform), err)
	}
	if faults, err := p.money.Audit(p.Context()); err != nil || len(faults) > 0 {
		p.Errorf("the books: %v, %v", faults, err)
	}
	if stops, err := p.money.Stops(p.Context(), p.as[p.office].Cooperative); err != nil || len(stops) > 0 {
		p.Errorf("payouts were stopped: %v, %v", stops, err)
	}
	p.office.run(chromedp.Navigate(p.house.config.URL + "/money"))
	p.office.says("Uitbetalingen gaan door")
}
