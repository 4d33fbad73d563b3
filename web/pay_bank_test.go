package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"meent/internal/mail"
	"meent/members"
	"meent/payments"
	"meent/web"
	book "meent/web/words"
)

// payeeIs lets the member's account be so, with an amount that waits for it.
func (h *house) payeeIs(state payments.PayeeState, due ...string) {
	h.t.Helper()
	if due == nil {
		due = []string{}
	}
	m := h.actors[members.RoleMember]
	_, err := h.db.Exec(h.t.Context(), `
		INSERT INTO payments.payee (cooperative_id, member_id, account, state, due, bank, changed_at, looked_at) VALUES ($1, $2, 'acct_1', $3, $4, 'ba_1', $5, $5)
		ON CONFLICT (cooperative_id, member_id) DO UPDATE SET state = $3, due = $4, rests_until = NULL`, m.Cooperative, m.Member, string(state), due, h.now)
	h.must(err)
}

// moneyWaits lets a client's money be there for the member.
func (h *house) moneyWaits() {
	h.t.Helper()
	h.cameBack()
	_, err := h.db.Exec(h.t.Context(), `UPDATE payments.payout SET state = 'due'`)
	h.must(err)
}

// TestEveryStateOfAPayeeHasWords, in both languages, and each says something else.
func TestEveryStateOfAPayeeHasWords(t *testing.T) {
	h := newHouse(t)
	h.inBoth(members.RoleMember, func(locale string, b *browser) {
		said := map[string]string{}
		for _, state := range append(payments.PayeeStates(), "rests") {
			if state == "rests" {
				h.payeeIs(payments.PayeeReady)
				_, err := h.db.Exec(t.Context(), `UPDATE payments.payee SET rests_until = $1`, h.now.Add(time.Hour))
				h.must(err)
			} else {
				h.payeeIs(state)
			}
			page := b.get("/pay/bank")
			text := plain(page.Find("#bank").Text())
			if page.Find(".status").Length() != 1 || rawKey.MatchString(text) || len(strings.Fields(text)) < 8 {
				t.Errorf("%s in %s reads %q", state, locale, text)
			}
			if said[text] != "" && state != payments.PayeeIncomplete {
				t.Errorf("%s in %s reads as %s: %q", state, locale, said[text], text)
			}
			said[text] = string(state)
		}
		h.payeeIs(payments.PayeeIncomplete, "external_account", "individual.first_name", "individual.verification.document", "tos_acceptance.date", "what_is_this")
		rows := b.get("/pay/bank").Find("[aria-labelledby=needs] li")
		if text := plain(rows.Text()); rows.Length() != len(payments.Needs()) || rawKey.MatchString(text) {
			t.Errorf("needs in %s: %q", locale, text)
		}
	})
}

// TestEveryStageOfAWageHasWords, in both languages.
func TestEveryStageOfAWageHasWords(t *testing.T) {
	say, err := book.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, locale := range []members.Locale{members.Dutch, members.English} {
		for _, stage := range payments.Stages() {
			args := map[string]any{"Date": "vrijdag", "Until": "zaterdag"}
			if word, lead := say.In(locale).With("pay.stage."+string(stage), nil), say.In(locale).With("pay.lead."+string(stage), args); rawKey.MatchString(word+lead) || word == "" || len(lead) < 20 {
				t.Errorf("%s in %s reads %q, %q", stage, locale, word, lead)
			}
		}
	}
}

// TestEveryErrandHasWords, in both languages.
func TestEveryErrandHasWords(t *testing.T) {
	say, err := book.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, locale := range []members.Locale{members.Dutch, members.English} {
		for _, kind := range payments.ErrandKinds() {
			if word := say.In(locale).With("moneyboard.asked."+kind, nil); rawKey.MatchString(word) || word == "" {
				t.Errorf("%s in %s reads %q", kind, locale, word)
			}
		}
	}
}

// TestMoneyThatWaitsForDetails stands on the member's pages, and with a key on the
// coach's; the office reads for how many, and not for whom.
func TestMoneyThatWaitsForDetails(t *testing.T) {
	h := newHouse(t)
	h.moneyWaits()
	member, coach, office := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach), h.signedIn(members.RoleCoordinator)
	of := "/caseload/" + h.actors[members.RoleMember].Member.String()
	const waits, helps = "Wij weten nog niet naar welke rekening.", "moet nog doorgeven op welke rekening het loon komt"
	h.says(member.get("/home"), waits)
	h.says(member.get("/pay"), waits)
	if page := office.get("/payouts"); !strings.Contains(page.body, "Eén lid moet nog gegevens doorgeven") || strings.Contains(page.body, h.actors[members.RoleMember].Name) {
		t.Error("the office does not read for how many, or for whom")
	}
	if page := coach.get(of); strings.Contains(page.body, helps) {
		t.Error("a coach without a key reads it")
	}
	h.expect(h.share(member, "24", "5", "2027", "hours"), http.StatusSeeOther)
	if page := coach.get(of); strings.Contains(page.body, helps) {
		t.Error("a coach with another key reads it")
	}
	h.expect(h.share(member, "24", "5", "2027", "pay"), http.StatusSeeOther)
	h.says(coach.get(of), helps)
	h.payeeIs(payments.PayeeReady)
	for name, page := range map[string]answer{"home": member.get("/home"), "pay": member.get("/pay"), "the coach": coach.get(of), "the office": office.get("/payouts")} {
		if strings.Contains(page.body, waits) || strings.Contains(page.body, helps) || strings.Contains(page.body, "Eén lid moet") {
			t.Errorf("%s still says it", name)
		}
	}
}

// TestTellBankByOnesOwnHand: who came in by a card, or long ago, shows who they are
// first; and nobody does it for somebody.
func TestTellBankByOnesOwnHand(t *testing.T) {
	h := newHouse(t)
	member := h.signedIn(members.RoleMember)
	h.expect(member.post("/pay/bank/start"), http.StatusServiceUnavailable) // this house has no gateway
	h.now = h.now.Add(11 * time.Minute)
	got := member.post("/pay/bank/start")
	if got.status != http.StatusSeeOther || got.header.Get("Location") != "/confirm?next=%2Fpay%2Fbank" {
		t.Errorf("long after the sign-in: %d to %q", got.status, got.header.Get("Location"))
	}
	h.says(member.get("/pay/bank?again=yes"), "Deze link was te oud.")
}

// TestMailsAboutABank: of money that waits while it does; of another bank by mail,
// with what to do.
func TestMailsAboutABank(t *testing.T) {
	h := newHouse(t)
	m := h.actors[members.RoleMember]
	h.payeeIs(payments.PayeeIncomplete)
	waits, told := payments.PayWaits{Member: m.Member, Cooperative: m.Cooperative}, payments.BankTold{Member: m.Member, Cooperative: m.Cooperative}
	money := payments.New(h.db, h.tasks, h.members, nil, func() time.Time { return h.now }, nil)
	mails, err := web.NewMails(&url.URL{Scheme: "https", Host: "meent.example"}, h.members, h.coaching, money, h.jobs, h.matching, h.mailbox, h.mailbox)
	h.must(err)
	sends := func(want string) {
		t.Helper()
		if _, err := mails.PayWaits(t.Context(), fmt.Sprint("waits", want), waits); err != nil {
			t.Fatal(err)
		}
		if _, err := mails.BankTold(t.Context(), fmt.Sprint("told", want), told); err != nil {
			t.Fatal(err)
		}
		list, err := h.mailbox.List(t.Context(), mail.MailboxSize)
		h.must(err)
		all := ""
		for _, one := range list {
			all += one.Text
		}
		if !strings.Contains(all, want) || rawKey.MatchString(strings.ReplaceAll(all, "https://meent.example/pay/bank", "")) {
			t.Errorf("no mail says %q:\n%s", want, all)
		}
	}
	sends("Wij weten nog niet op welke rekening.")
	sends("Was jij dit niet?")
	h.payeeIs(payments.PayeeReady)
	_, err = h.db.Exec(t.Context(), `UPDATE payments.payee SET rests_until = $1`, h.now.Add(payments.Rest))
	h.must(err)
	sends("Je geld wacht tot vrijdag 27 november")
	list, err := h.mailbox.List(t.Context(), mail.MailboxSize)
	if err != nil || len(list) != 5 {
		t.Errorf("%d mails, %v; a member who is ready is not asked", len(list), err)
	}
}

// TestPayOfPage: hours by rate, what the cooperative got and kept, where the money is and
// by which day it is in the bank; of what was taken back, what stays.
func TestPayOfPage(t *testing.T) {
	h := newHouse(t)
	h.cameBack()
	var ref string
	h.must(h.db.QueryRow(t.Context(), `SELECT ref FROM payments.bill`).Scan(&ref))
	member := h.signedIn(members.RoleMember)
	path := member.get("/pay").Find(`main a[href^="/pay/"]:not([href="/pay/bank"])`).AttrOr("href", "")
	for sent, day := range map[string]string{"2026-11-26T10:00:00Z": "30 november 2026", "2026-11-27T10:00:00Z": "1 december 2026"} {
		h.do(`UPDATE payments.payout SET state = 'sent', payout_id = 'po_1', sent_at = $1::timestamptz`, sent)
		page := member.get(path)
		h.says(page, "3 uur", "Op je rekening uiterlijk "+day)
		if page.Find("main details").Length() == 0 {
			t.Error("no figure opens its reason")
		}
	}
	h.do(`UPDATE payments.payout SET sent_at = '2020-01-06T10:00:00Z'`)
	if page := member.get(path); !strings.Contains(page.body, "later dan wij dachten") || strings.Contains(page.body, "uiterlijk") {
		t.Error("a day that is over is still promised")
	}
	h.do(`UPDATE payments.payout SET state = 'due', payout_id = NULL, sent_at = NULL, due_at = '2026-11-26T10:00:00Z', at_hand_at = '2026-12-04T00:00:00Z'`)
	h.payeeIs(payments.PayeeReady)
	h.says(member.get(path), "Op je rekening uiterlijk 8 december 2026")
	h.do(`INSERT INTO payments.stop (id, cooperative_id, cause, since) SELECT gen_random_uuid(), id, 'difference', now() FROM members.cooperative`)
	if page := member.get(path); !strings.Contains(page.body, "staan nu even stil") || strings.Contains(page.body, "uiterlijk") {
		t.Error("money that is stopped is still promised")
	}
	h.do(`UPDATE payments.stop SET lifted_at = now()`)
	h.do(`UPDATE payments.payout SET state = 'sent', payout_id = 'po_1', sent_at = '2026-11-26T10:00:00Z'`)
	h.do(`UPDATE payments.payout SET state = 'paid', paid_at = '2026-11-28T10:00:00Z', reversed_cents = 500`)
	h.says(member.get(path), "Teruggenomen door de coöperatie", "Wat van jou blijft")
	h.says(member.get("/pay"), "nam hiervan € 5,00 terug")
	h.do(`UPDATE payments.payout SET state = 'reversed', paid_at = NULL, reversed_cents = cents, reversed_at = '2026-11-28T10:00:00Z'`)
	h.says(member.get("/pay"), "teruggenomen", "Boven aan de pagina Verdiend staat waarom.")
}
