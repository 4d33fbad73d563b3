package main

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// helpTogether fills the pages between a coach and members: progress, signals of
// several members, buddies who write, a stand-in, a hand-over that waits, and a
// card that a client sees.
func (h *testHouse) helpTogether(t *testing.T) {
	t.Helper()
	coaches, member, coach := h.coaches(), h.actor(t, members.RoleMember), h.actor(t, members.RoleCoach)
	list := caseloadByName(t, coaches, coach)
	h.followed = list[0].Member.String()
	own, err := coaches.CoachOf(t.Context(), member)
	if err != nil || len(list) < 9 {
		t.Fatalf("%d in the caseload, %v", len(list), err)
	}
	theirs := members.Actor{Kind: members.RoleCoach, Cooperative: member.Cooperative, Role: own.Role, Person: coach.Person}
	h.progressOf(t, h.memberOf(t, list[0].Member), coach)
	if list[0].Member != member.Member {
		h.progressOf(t, member, theirs)
	}
	h.giveSignals(t, coach, list[1:8])
	h.makeBuddies(t, h.memberOf(t, list[7].Member), member)
	h.makeBuddies(t, member, h.memberOf(t, list[8].Member))
	today, other := members.DayOf(h.now()), h.otherCoach(t, coach).Role
	client := h.actor(t, members.RoleClient).Client
	until := today.AddMonths(members.UsualGrantMonths)
	err = errors.Join(
		coaches.NameStandIn(t.Context(), coach, coaching.NewStandIn{Colleague: other, Members: []members.MemberID{list[0].Member, list[1].Member}, From: today, Until: today.AddDays(9)}),
		coaches.ShowTo(t.Context(), h.memberOf(t, list[7].Member), coaching.NewRelease{Client: client, Until: until, Alone: true, Sentence: "Ik werk graag met dieren, en ik kom altijd op tijd."}),
	)
	if err != nil {
		t.Fatal(err)
	}
	to := coach.Role
	if own.Role == to {
		to = other
	}
	handed, err := coaches.ProposeHandOver(t.Context(), theirs, member.Member, coaching.NewHandOver{To: to, Reason: coaching.EndTooLarge, Day: today.AddDays(21)})
	if err == nil {
		err = coaches.TickHandOver(t.Context(), theirs, handed, coaching.Ticks()[:2])
	}
	if err != nil {
		t.Fatal(err)
	}
}

// memberOf is the member as they sign in.
func (h *testHouse) memberOf(t *testing.T, m members.MemberID) members.Actor {
	t.Helper()
	as := members.Actor{Kind: members.RoleMember, Member: m}
	err := h.db.QueryRow(t.Context(), `SELECT m.cooperative_id, m.role_id, r.person_id FROM members.member m JOIN members.role r ON r.id = m.role_id WHERE m.id = $1`,
		m).Scan(&as.Cooperative, &as.Role, &as.Person)
	if err != nil {
		t.Fatal(err)
	}
	return as
}

// giveSignals gives each of these members another reason to look at them.
func (h *testHouse) giveSignals(t *testing.T, coach members.Actor, list []coaching.Case) {
	t.Helper()
	const day = 24 * time.Hour
	facts := map[int][]coaching.Fact{
		0: {{Kind: coaching.NoShow, At: h.now().Add(-day)}, {Kind: coaching.Shift, At: h.now().Add(-day), Minutes: 180}},
		1: {{Kind: coaching.FirstShift, At: h.now().Add(2 * day), Minutes: 240}, {Kind: coaching.Shift, At: h.now().Add(day), Minutes: 120}},
		2: {{Kind: coaching.Shift, At: h.now().Add(day), Minutes: 180}},
		3: {{Kind: coaching.OfferNo, At: h.now().Add(-day)}, {Kind: coaching.OfferNo, At: h.now().Add(-2 * day)}, {Kind: coaching.OfferNo, At: h.now().Add(-3 * day)}},
		4: {{Kind: coaching.SkillConfirmed, At: h.now().Add(-day)}},
		6: {{Kind: coaching.Shift, At: h.now().Add(5 * day), Minutes: 180}}, // a buddy sees it
	}
	for i, one := range list {
		who := h.memberOf(t, one.Member)
		until := members.DayOf(h.now()).AddDays(5 + i*9)
		err := h.coaches().Grant(t.Context(), who, members.NewGrant{Grantee: coach.Role, Until: until,
			Scopes: []members.Scope{members.ProfileScope, members.OffersScope, members.AgendaScope, members.HoursScope, members.SelfScoresScope}})
		if i == 5 && err == nil {
			err = h.coaches().GiveScore(t.Context(), who, coaching.NewScore{Feel: 1, Work: 2, Next: 1})
		}
		for _, f := range facts[i] {
			f.Cooperative, f.Member, f.Ref = who.Cooperative, who.Member, id.New[coaching.Fact](nil).String()
			err = errors.Join(err, pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { return coaching.NoteTx(t.Context(), tx, f) }))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// makeBuddies lets one be the buddy of the other, see their agenda, and both write.
func (h *testHouse) makeBuddies(t *testing.T, member, buddy members.Actor) {
	t.Helper()
	ctx, coaches := t.Context(), h.coaches()
	var email string
	err := h.db.QueryRow(ctx, `SELECT email FROM members.person WHERE id = $1`, buddy.Person).Scan(&email)
	if err == nil {
		err = coaches.AskBuddy(ctx, member, email)
	}
	var pair coaching.Buddy
	if err == nil {
		pair, err = coaches.BuddyFor(ctx, buddy, member.Member)
	}
	if err == nil {
		err = errors.Join(
			coaches.AnswerBuddy(ctx, buddy, pair.ID, true),
			coaches.Grant(ctx, member, members.NewGrant{Grantee: buddy.Role, Until: members.DayOf(h.now()).AddMonths(2), Scopes: []members.Scope{members.AgendaScope}}),
			coaches.WriteBuddy(ctx, member, pair.ID, "Morgen begin ik bij de boerderij. Fiets je mee?"),
			coaches.WriteBuddy(ctx, buddy, pair.ID, "Graag. Ik sta om acht uur bij de brug."),
		)
	}
	if err != nil {
		t.Fatal(err)
	}
}
