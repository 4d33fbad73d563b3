package coaching_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/members/coaching"
)

// buddies is Anna with Bea, who may become her buddy; Els follows both.
func buddies(t *testing.T) (*office, members.Actor) {
	t.Helper()
	o := newOffice(t)
	bea := o.actor(o.c, "bea", members.RoleMember)
	o.must(o.assign(o.c, bea, o.els))
	return o, bea
}

// on lets both say yes.
func (o *office) on(bea members.Actor) coaching.BuddyID {
	o.t.Helper()
	o.must(o.AskBuddy(o.t.Context(), o.anna, "Bea@meent.example"))
	if b, err := o.OwnBuddy(o.t.Context(), o.anna); err != nil || !b.ID.IsZero() {
		o.t.Errorf("whom Anna asked shows: %+v, %v", b, err)
	}
	list, err := o.Buddies(o.t.Context(), bea)
	o.must(err)
	o.must(o.AnswerBuddy(o.t.Context(), bea, list[0].ID, true))
	return list[0].ID
}

func TestBuddySeesTheAgendaByAKey(t *testing.T) {
	o, bea := buddies(t)
	o.note(coaching.Shift, o.now, newRef())
	o.note(coaching.OfferSent, o.now, newRef())
	give := func(until members.Day, scopes ...members.Scope) error { return o.give(bea, until, scopes...) }
	wants(t, "before", give("2026-12-01", members.AgendaScope), "check: coach: other_coach")
	pair := o.on(bea)
	if _, _, err := o.BuddyAgenda(t.Context(), bea, o.anna.Member); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without a key: %v", err)
	}
	wants(t, "more than the agenda", give("2026-12-01", members.AgendaScope, members.OffersScope), "check: scopes: not_a_choice")
	wants(t, "longer than they are on", give("2027-05-25", members.AgendaScope), "check: until: day_too_far")
	o.must(give("2027-05-24", members.AgendaScope))
	facts, until, err := o.BuddyAgenda(t.Context(), bea, o.anna.Member)
	if err != nil || len(facts) != 1 || facts[0].Kind != coaching.Shift || until != "2027-05-24" || o.logged() != 1 {
		t.Errorf("the agenda is %+v until %s, %v; %d lines", facts, until, err, o.logged())
	}
	for _, by := range []members.Actor{o.els, o.anna, o.farMember, o.bob} {
		if _, _, err := o.BuddyAgenda(t.Context(), by, o.anna.Member); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s reads it: %v", by.Name, err)
		}
	}
	if _, err := o.Member(t.Context(), bea, o.anna.Member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a buddy follows: %v", err)
	}
	o.must(o.EndBuddy(t.Context(), o.anna, pair))
	if _, _, err := o.BuddyAgenda(t.Context(), bea, o.anna.Member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("after the end: %v", err)
	}
	if grants, err := o.people.Grants(t.Context(), o.anna); err != nil || len(grants) != 0 {
		t.Errorf("after the end: %+v, %v", grants, err)
	}
	again := o.on(bea)
	o.must(give("2026-12-01", members.AgendaScope))
	o.at("2027-05-24", 22)
	if _, _, err := o.BuddyAgenda(t.Context(), bea, o.anna.Member); err == nil || !errors.Is(err, members.ErrNotFound) {
		t.Errorf("after six months: %v", err)
	}
	if err := o.WriteBuddy(t.Context(), bea, again, "Hoi"); !errors.Is(err, coaching.ErrBuddyMoved) {
		t.Errorf("after six months Bea writes: %v", err)
	}
	o.must(o.AskBuddy(t.Context(), o.anna, "bea@meent.example")) // the old one is over
}

func TestBuddyMessages(t *testing.T) {
	o, bea := buddies(t)
	pair := o.on(bea)
	o.must(o.WriteBuddy(t.Context(), o.anna, pair, " marker: Ga je mee? "))
	o.must(o.WriteBuddy(t.Context(), bea, pair, "marker: Ja."))
	b, err := o.OwnBuddy(t.Context(), o.anna)
	o.must(err)
	for _, by := range []members.Actor{o.anna, bea} {
		list, err := o.BuddyMessages(t.Context(), by, b)
		if err != nil || len(list) != 2 || !strings.HasPrefix(list[0].Text+list[1].Text, "marker") || list[0].Mine == list[1].Mine {
			t.Errorf("%s reads %+v, %v", by.Name, list, err)
		}
	}
	if text := o.rows("coaching.buddy_message"); text == "" || strings.Contains(text, "marker") {
		t.Errorf("the table holds %s", text)
	}
	for _, by := range []members.Actor{o.els, o.noor, o.farMember, o.bob} {
		if list, err := o.BuddyMessages(t.Context(), by, b); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s reads %+v, %v", by.Name, list, err)
		}
		for what, err := range map[string]error{"writes": o.WriteBuddy(t.Context(), by, pair, "Hoi"), "ends": o.EndBuddy(t.Context(), by, pair), "answers": o.AnswerBuddy(t.Context(), by, pair, true)} {
			if !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%s %s: %v", by.Name, what, err)
			}
		}
	}
	wants(t, "nothing", o.WriteBuddy(t.Context(), o.anna, pair, " "), "check: text: missing")
	wants(t, "much", o.WriteBuddy(t.Context(), o.anna, pair, strings.Repeat("a", 501)), "check: text: too_long")
	for range 19 {
		o.must(o.WriteBuddy(t.Context(), o.anna, pair, "Hoi"))
	}
	if err := o.WriteBuddy(t.Context(), o.anna, pair, "Nog een"); !errors.Is(err, coaching.ErrManyMessages) {
		t.Errorf("the 21st of a day: %v", err)
	}
	o.must(o.WriteBuddy(t.Context(), bea, pair, "Ik wel"))
}

func TestBuddyIsAskedInTurn(t *testing.T) {
	o, bea := buddies(t)
	ctx := t.Context()
	for name, err := range map[string]error{
		"another coach": o.ProposeBuddy(ctx, o.bob, o.anna.Member, bea.Member), "somebody elsewhere": o.ProposeBuddy(ctx, o.els, o.anna.Member, o.farMember.Member),
		"the office": o.ProposeBuddy(ctx, o.noor, o.anna.Member, bea.Member), "a coach asks": o.AskBuddy(ctx, o.els, "bea@meent.example"),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	wants(t, "oneself", o.ProposeBuddy(ctx, o.els, bea.Member, bea.Member), "check: buddy: is_the_member")
	wants(t, "oneself, by address", o.AskBuddy(ctx, o.anna, "anna@meent.example"), "check: email: is_the_member")
	for _, nobody := range []string{"fm@meent.example", "els@meent.example", "nobody@meent.example"} {
		o.must(o.AskBuddy(ctx, o.anna, nobody)) // looks the same
	}
	if n := o.count(`SELECT count(*) FROM coaching.buddy`); n != 0 {
		t.Fatalf("%d were asked", n)
	}
	o.must(o.ProposeBuddy(ctx, o.els, o.anna.Member, bea.Member))
	if err := o.AskBuddy(ctx, o.anna, "bea@meent.example"); !errors.Is(err, coaching.ErrBuddyThere) {
		t.Errorf("two at once: %v", err)
	}
	if own, err := o.OwnBuddy(ctx, o.anna); err != nil || !own.ID.IsZero() {
		t.Errorf("before Bea said yes Anna sees %+v, %v", own, err)
	}
	list, err := o.Buddies(ctx, bea)
	if err != nil || len(list) != 1 || list[0].MemberName != "" {
		t.Fatalf("before Anna said yes Bea sees %+v, %v", list, err)
	}
	b := list[0]
	if err := o.AnswerBuddy(ctx, o.anna, b.ID, true); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("Anna answers first: %v", err)
	}
	o.must(o.AnswerBuddy(ctx, bea, b.ID, true))
	if own, err := o.OwnBuddy(ctx, o.anna); err != nil || own.BuddyName != "bea" {
		t.Errorf("after Bea's yes Anna sees %+v, %v", own, err)
	}
	if err := o.AnswerBuddy(ctx, bea, b.ID, true); !errors.Is(err, coaching.ErrBuddyMoved) {
		t.Errorf("Bea answers twice: %v", err)
	}
	if err := o.EndBuddy(ctx, o.anna, b.ID); !errors.Is(err, coaching.ErrBuddyMoved) {
		t.Errorf("ended before it is on: %v", err)
	}
	o.must(o.AnswerBuddy(ctx, o.anna, b.ID, false))
	if own, err := o.OwnBuddy(ctx, o.anna); err != nil || !own.ID.IsZero() {
		t.Errorf("after the no: %+v, %v", own, err)
	}
	o.must(o.people.MoveMember(ctx, o.noor, bea.Member, members.Alumni, "Verhuisd."))
	o.must(o.AskBuddy(ctx, o.anna, "bea@meent.example")) // looks the same, too
	if n := o.count(`SELECT count(*) FROM coaching.buddy WHERE state = 'asked'`); n != 0 {
		t.Errorf("an alumna was asked")
	}
}

// TestBuddyAskTellsNobodyWhoBelongs: whatever Anna can see is the same after an
// address that somebody has here and after one that nobody has.
func TestBuddyAskTellsNobodyWhoBelongs(t *testing.T) {
	seen := map[string]string{}
	for _, email := range []string{"bea@meent.example", "nobody@meent.example"} {
		for _, refused := range []bool{false, true} {
			o, bea := buddies(t)
			o.must(o.AskBuddy(t.Context(), o.anna, email))
			if list, _ := o.Buddies(t.Context(), bea); refused && len(list) == 1 {
				o.must(o.AnswerBuddy(t.Context(), bea, list[0].ID, false))
			}
			own, err := o.OwnBuddy(t.Context(), o.anna)
			o.must(err)
			deeds, err := o.people.Concerning(t.Context(), o.anna.Person)
			o.must(err)
			text := own.BuddyName + fmt.Sprint(o.count(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.buddy_news' AND payload->>'ToBuddy' = 'false'`))
			for _, d := range deeds {
				text += " " + d.What + " " + strings.ReplaceAll(d.Ref, o.anna.Member.String(), "anna")
			}
			text += o.exported("buddies", o.anna)
			seen[text] = email
		}
	}
	if len(seen) != 1 {
		t.Errorf("Anna can tell them apart: %v", seen)
	}
}

// exported is what a person gets of one table.
func (o *office) exported(name string, of members.Actor) (text string) {
	o.t.Helper()
	o.must(pgx.BeginFunc(o.t.Context(), o.db, func(tx pgx.Tx) error {
		tables, err := o.ExportTx(o.t.Context(), tx, of.Person)
		for _, table := range tables {
			if table.Name == name {
				text = fmt.Sprint(table.Rows)
			}
		}
		return err
	}))
	return text
}

func TestBuddyIsNotAskedTooOften(t *testing.T) {
	o, bea := buddies(t)
	mails := func() int { return o.count(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.buddy_news'`) }
	cor := o.actor(o.c, "cor", members.RoleMember)
	for range 4 {
		o.must(o.AskBuddy(t.Context(), o.anna, "bea@meent.example"))
	}
	o.must(o.AskBuddy(t.Context(), cor, "bea@meent.example"))
	if list, err := o.Buddies(t.Context(), bea); err != nil || len(list) != 2 || mails() != 1 {
		t.Errorf("asked by two, Bea has %d asks and %d mails, %v", len(list), mails(), err)
	}
	o.must(o.AskBuddy(t.Context(), o.anna, "nobody@meent.example"))
	for _, email := range []string{"bea@meent.example", "nobody@meent.example", "cor@meent.example"} {
		wants(t, "a sixth time", o.AskBuddy(t.Context(), o.anna, email), "check: email: asked_often")
	}
	o.now = o.now.Add(24 * time.Hour)
	o.must(o.AskBuddy(t.Context(), o.anna, "bea@meent.example"))
	if mails() != 2 {
		t.Errorf("a day later she has %d mails", mails())
	}
	o.must(o.people.MoveMember(t.Context(), o.noor, cor.Member, members.Alumni, "Verhuisd."))
	for _, email := range []string{"bea@meent.example", "nobody@meent.example"} {
		if err := o.AskBuddy(t.Context(), cor, email); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("who left asks %s: %v", email, err)
		}
	}
}
