package web_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/payments"
)

// words are what a page says of how something stands.
type words struct{ state, lead string }

// outcomes holds what each side reads of one sort of thing: two states with one
// meaning may have the same words, others may not.
type outcomes struct {
	h        *house
	name     string
	meanings map[words]string
}

// rawKey is a key that has no text.
var rawKey = regexp.MustCompile(`\b[a-z]+(?:\.[a-z_]+)+\b`)

// is fails where the page does not say what the thing waits for or how it ended:
// a few words and a sentence. meaning is from the table of the test, empty where a
// state is new and nobody thought of it.
func (o *outcomes) is(state, meaning string, page answer, sentence string) {
	o.h.t.Helper()
	said := words{plain(strings.TrimSpace(page.Find("article .status, main > p .status").First().Text())), plain(strings.TrimSpace(page.Find(sentence).First().Text()))}
	if page.status == http.StatusOK && len(strings.Fields(said.lead)) < 3 {
		o.h.t.Errorf("%s, %s: the page says %q", o.name, state, said)
	}
	o.says(state, meaning, page, said)
}

// says holds these words of a page, also where they are no sentence.
func (o *outcomes) says(state, meaning string, page answer, said words) {
	o.h.t.Helper()
	switch {
	case page.status != http.StatusOK:
		o.h.t.Errorf("%s, %s: the page gave %d", o.name, state, page.status)
	case meaning == "":
		o.h.t.Errorf("%s, %s: the table of this test does not know what that means; give it words, and a line", o.name, state)
	case said.state == "" || said.lead == "":
		o.h.t.Errorf("%s, %s: the page says %q", o.name, state, said)
	case rawKey.MatchString(said.state) || rawKey.MatchString(said.lead):
		o.h.t.Errorf("%s, %s: a key without words: %q", o.name, state, said)
	case o.meanings[said] != "" && o.meanings[said] != meaning:
		o.h.t.Errorf("%s, %s: %q says the same as where it means %q", o.name, state, said, o.meanings[said])
	}
	o.meanings[said] = meaning
}

// inBoth walks in both languages as the person of a role.
func (h *house) inBoth(kind members.RoleKind, walk func(locale string, b *browser)) {
	h.t.Helper()
	h.inBothAs(kind, h.signedIn(kind), walk)
}

// inBothAs is inBoth for who is signed in.
func (h *house) inBothAs(kind members.RoleKind, b *browser, walk func(locale string, b *browser)) {
	h.t.Helper()
	for _, locale := range []string{"nl", "en"} {
		h.do(`UPDATE members.person SET locale = $2 WHERE id = $1`, h.actors[kind].Person, locale)
		walk(locale, b)
	}
}

// TestEveryStateOfAGigHasWords, for those who run it.
func TestEveryStateOfAGigHasWords(t *testing.T) {
	h := newHouse(t)
	h.do(`ALTER TABLE jobs.gig DROP CONSTRAINT IF EXISTS gig_draft_touched`) // which a draft has that was begun as one
	means := map[jobs.State]string{jobs.Draft: "to finish", jobs.Open: "people", jobs.Paused: "paused", jobs.Done: "done", jobs.Cancelled: "cancelled"}
	for _, kind := range []members.RoleKind{members.RoleClient, members.RoleCoordinator} {
		h.inBoth(kind, func(locale string, b *browser) {
			o := &outcomes{h, fmt.Sprintf("gig as %s in %s", kind, locale), map[words]string{}}
			for _, state := range jobs.States() {
				h.do(`UPDATE jobs.gig SET state = $2 WHERE id = $1`, h.gig, string(state))
				o.is(string(state), means[state], b.get("/gigs/"+h.gig.String()), "article .wait-line")
			}
		})
	}
}

// TestEveryStateOfAnOfferHasWords, for the member to whom it was made.
func TestEveryStateOfAnOfferHasWords(t *testing.T) {
	h := newHouse(t)
	offer := h.offer().ID
	means := map[matching.State]string{
		matching.WaitingCoach: "coach looks", matching.Sent: "your turn", matching.Yes: "yes, wait", matching.No: "no", matching.Expired: "too late", matching.Withdrawn: "off",
		matching.Confirmed: "agreed", matching.Reserve: "reserve", matching.Thanked: "no seat left",
		matching.Asked: "never", matching.Refused: "never", // see TestEveryStateOfAnAskHasWords
	}
	h.inBoth(members.RoleMember, func(locale string, b *browser) {
		o := &outcomes{h, "offer in " + locale, map[words]string{}}
		for _, state := range matching.States() {
			if means[state] == "never" {
				continue
			}
			h.do(`UPDATE matching.offer SET state = $2, answered_at = $3, decided_at = CASE WHEN $2 IN ('expired', 'withdrawn', 'confirmed', 'reserve', 'thanked') THEN $3::timestamptz END,
				coach_until = until - interval '1 minute' WHERE id = $1`, offer, string(state), h.now)
			o.is(string(state), means[state], b.get("/offers/"+offer.String()), "article .lead")
		}
	})
}

// TestEveryStateOfAnAskHasWords, for the member who asked and for both who may
// decide.
func TestEveryStateOfAnAskHasWords(t *testing.T) {
	h := newHouse(t)
	member, ask := h.actors[members.RoleMember], h.offer()
	offer := ask.ID
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { // what is agreed has its work
		_, err := h.jobs.ConfirmTx(t.Context(), tx, member.Cooperative, ask.Shift.ID, member.Member)
		return err
	}))
	means := map[matching.State]string{
		matching.Asked: "decide", matching.Refused: "refused", matching.Expired: "too late", matching.Withdrawn: "off", matching.Confirmed: "agreed",
		matching.Yes:          "never", // within one transaction
		matching.WaitingCoach: "never", matching.Sent: "never", matching.No: "never", matching.Reserve: "never", matching.Thanked: "never",
	}
	for kind, path := range map[members.RoleKind]string{members.RoleMember: "/offers/", members.RoleClient: "/asks/", members.RoleCoordinator: "/asks/"} {
		h.inBoth(kind, func(locale string, b *browser) {
			o := &outcomes{h, fmt.Sprintf("ask as %s in %s", kind, locale), map[words]string{}}
			for _, state := range matching.States() {
				if means[state] == "never" {
					continue
				}
				h.do(`UPDATE matching.offer SET state = $2, asked = true, decided_at = CASE WHEN $2 <> 'asked' THEN $3::timestamptz END,
					decided_by = CASE WHEN $2 = 'refused' THEN $4::uuid END, refused_why = CASE WHEN $2 = 'refused' THEN 'something_else' END WHERE id = $1`,
					offer, string(state), h.now, h.actors[members.RoleCoordinator].Role)
				o.is(string(state), means[state], b.get(path+offer.String()), "article .lead")
			}
		})
	}
}

// stands is an engagement and its hours at a moment, and what that means to its
// member and to its client.
type stands struct {
	state          jobs.EngagementState
	sheet          jobs.SheetState
	over           bool
	member, client string
}

// walkOfWork are all ways in which work can stand.
func walkOfWork() []stands {
	return []stands{
		{jobs.Confirmed, jobs.SheetEmpty, false, "coming", "coming"},
		{jobs.Started, jobs.SheetEmpty, false, "coming", "coming"},
		{jobs.Started, jobs.SheetEmpty, true, "member's turn", "member's turn"},
		{jobs.Finished, jobs.SheetEmpty, true, "member's turn", "member's turn"},
		{jobs.Finished, jobs.MemberProposed, true, "client's turn", "client's turn"},
		{jobs.Finished, jobs.ClientProposed, true, "member's turn", "member's turn"},
		{jobs.Finished, jobs.Disputed, true, "office", "office"},
		{jobs.Agreed, jobs.SheetAgreed, true, "agreed", "agreed"},
		{jobs.Billed, jobs.SheetAgreed, true, "agreed", "agreed"}, // a bill says more
		{jobs.Paid, jobs.SheetAgreed, true, "agreed", "agreed"},
		{jobs.Closed, jobs.SheetAgreed, true, "closed", "closed"},
		{jobs.CalledOff, jobs.SheetEmpty, false, "off", "off"},
		{jobs.Absent, jobs.SheetEmpty, true, "off", "off"},
	}
}

// TestEveryStateOfWorkHasWords, for the member and the client.
func TestEveryStateOfWorkHasWords(t *testing.T) {
	h := newHouse(t)
	work, begin := h.engaged(), h.now
	states, sheets := map[jobs.EngagementState]bool{}, map[jobs.SheetState]bool{}
	for _, s := range walkOfWork() {
		states[s.state], sheets[s.sheet] = true, true
	}
	for _, state := range jobs.EngagementStates() {
		if !states[state] {
			t.Errorf("the walk does not come by an engagement that is %s", state)
		}
	}
	for _, sheet := range jobs.SheetStates() {
		if !sheets[sheet] {
			t.Errorf("the walk does not come by hours that are %q", sheet)
		}
	}
	for _, kind := range []members.RoleKind{members.RoleMember, members.RoleClient} {
		h.inBoth(kind, func(locale string, b *browser) {
			o := &outcomes{h, fmt.Sprintf("work as %s in %s", kind, locale), map[words]string{}}
			for _, s := range walkOfWork() {
				h.workStands(work, s, begin)
				meaning := s.member
				if kind == members.RoleClient {
					meaning = s.client
				}
				o.is(fmt.Sprintf("%s, hours %q", s.state, s.sheet), meaning, b.get("/engagements/"+work.String()), "article .lead")
			}
		})
	}
}

// workStands lets work stand so, whoever brought it there.
func (h *house) workStands(work jobs.EngagementID, s stands, begin time.Time) {
	h.t.Helper()
	starts := h.now.Add(24 * time.Hour)
	if s.over {
		starts = h.now.Add(-24 * time.Hour)
	}
	for _, table := range []string{"engagement", "shift"} {
		h.do(`UPDATE jobs.`+table+` SET starts_at = $1, ends_at = $1::timestamptz + interval '3 hours' WHERE id = $2 OR id = (SELECT shift_id FROM jobs.engagement WHERE id = $2)`, starts, work)
	}
	const sayer = `(SELECT r.id FROM members.role r WHERE r.cooperative_id = engagement.cooperative_id AND r.kind = 'coordinator' LIMIT 1)`
	h.do(`UPDATE jobs.engagement SET state = $2, called_off_at = CASE WHEN $2 = 'cancelled' THEN $3::timestamptz END, called_off_by = CASE WHEN $2 = 'cancelled' THEN 'client' END,
		called_off_role_id = CASE WHEN $2 = 'cancelled' THEN `+sayer+` END,
		absent_at = CASE WHEN $2 = 'absent' THEN $3::timestamptz END, absent_role_id = CASE WHEN $2 = 'absent' THEN `+sayer+` END WHERE id = $1`, work, string(s.state), h.now)
	h.do(`DELETE FROM jobs.timesheet WHERE engagement_id = $1`, work)
	if s.sheet == jobs.SheetEmpty {
		return
	}
	h.do(`INSERT INTO jobs.timesheet (id, cooperative_id, engagement_id, state, minutes, proposed_at, agreed_at) SELECT gen_random_uuid(), cooperative_id, id, 'member_proposed', 180, $2, NULL
		FROM jobs.engagement WHERE id = $1`, work, h.now)
	h.do(`ALTER TABLE jobs.timesheet DROP CONSTRAINT IF EXISTS timesheet_client_says_why`)
	h.do(`UPDATE jobs.timesheet SET state = $2, agreed_at = CASE WHEN $2 = 'agreed' THEN $3::timestamptz END WHERE engagement_id = $1`, work, string(s.sheet), h.now)
}

// TestEveryStateOfABillHasWords, for the client, the office, and the member whose
// wage it is.
func TestEveryStateOfABillHasWords(t *testing.T) {
	h := newHouse(t)
	h.provenWork()
	means := map[payments.BillState]string{payments.BillDue: "to pay", payments.BillPaying: "bank", payments.BillPaid: "paid", payments.BillFailed: "failed"}
	paths := map[members.RoleKind]string{members.RoleClient: h.billPath(), members.RoleCoordinator: h.billPath()}
	for kind, path := range paths {
		h.inBoth(kind, func(locale string, b *browser) {
			o := &outcomes{h, fmt.Sprintf("bill as %s in %s", kind, locale), map[words]string{}}
			for _, state := range payments.BillStates() {
				h.billIs(state)
				o.is(string(state), means[state], b.get(path), "article .lead")
			}
		})
	}
	h.inBoth(members.RoleMember, func(locale string, b *browser) {
		for _, state := range payments.BillStates() {
			h.billIs(state)
			card := b.get("/pay").Find("main li.card").First()
			if text := plain(card.Text()); card.Find(".status").Length() != 1 || rawKey.MatchString(card.Find(".status").Text()) || len(strings.Fields(text)) < 5 {
				t.Errorf("of a bill that is %s the member reads in %s: %s", state, locale, text)
			}
		}
	})
}

func (h *house) billIs(state payments.BillState) {
	h.t.Helper()
	h.do(`UPDATE payments.bill SET state = $1, checkouts = 1, checkout_at = $2, charge_id = CASE WHEN $1 = 'paid' THEN 'ch_1' END, paid_at = CASE WHEN $1 = 'paid' THEN $2::timestamptz END`, string(state), h.now)
}

// TestEveryWaitHasWords: what a gig waits for has a sentence, and what its
// client can do has a link.
func TestEveryWaitHasWords(t *testing.T) {
	for _, name := range []string{"nl.toml", "en.toml"} {
		var all struct {
			Waits map[string]any `toml:"waits"`
		}
		readTexts(t, name, &all)
		links, _ := all.Waits["go"].(map[string]any)
		for _, kind := range jobs.WaitKinds() {
			if all.Waits[string(kind)] == nil {
				t.Errorf("%s: waits.%s has no text", name, kind)
			}
			if _, is := links[string(kind)]; is != kind.Yours() {
				t.Errorf("%s: waits.go.%s is there: %v, and the client can do something: %v", name, kind, is, kind.Yours())
			}
		}
	}
}
