package matching_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"meent/internal/check"
	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
)

// followed is a member and the coach who follows them, who may read these.
func (h *house) followed(name string, scopes ...members.Scope) (member, coach members.Actor) {
	h.t.Helper()
	member, coach = h.member(name, "weeding"), h.coach("coach of "+name)
	h.must(h.follow(member, coach))
	h.must(h.coaching.Grant(h.t.Context(), member, members.NewGrant{Grantee: coach.Role, Until: "2027-05-24", Scopes: append(scopes, members.ProgressScope)}))
	return member, coach
}

func (h *house) coach(name string) (who members.Actor) {
	h.t.Helper()
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
		p := newPerson(name)
		p.Email = id.New[string](nil).String() + "@meent.example"
		if who.Person, err = h.people.EnsurePersonTx(h.t.Context(), tx, p); err != nil {
			return err
		}
		_, err = h.people.AddRoleTx(h.t.Context(), tx, members.NewRole{Person: who.Person, Cooperative: h.client.Cooperative, Kind: members.RoleCoach})
		return err
	}))
	who, err := h.people.Actor(h.t.Context(), who.Person, members.RoleID{})
	h.must(err)
	return who
}

func (h *house) follow(member, coach members.Actor) error {
	return pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error {
		return h.coaching.AssignTx(h.t.Context(), tx, member.Cooperative, member.Member, coach.Role)
	})
}

// agree lets both agree a rail.
func (h *house) agree(member, coach members.Actor, n coaching.NewRail) coaching.RailID {
	h.t.Helper()
	rail, err := h.coaching.ProposeRail(h.t.Context(), coach, member.Member, n)
	h.must(err)
	h.must(h.coaching.AnswerRail(h.t.Context(), member, rail, true))
	return rail
}

// seek posts a gig and looks for people at once.
func (h *house) seek(change func(*jobs.NewGig)) (jobs.GigID, jobs.ShiftID) {
	h.t.Helper()
	starts := h.now.Add(72 * time.Hour)
	n := jobs.NewGig{
		Client: h.client.Client, Title: "Wieden", Description: "Je wiedt.", Language: members.Dutch, PlaceCode: "arnhem",
		Address: "Lindenlaan 14", Rate: 1600, Load: jobs.Middle, Skills: []string{"weeding"},
		Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: 1}},
	}
	if change != nil {
		change(&n)
	}
	gig, err := h.jobs.Post(h.t.Context(), h.client, n)
	h.must(err)
	h.run()
	found, err := h.jobs.Gig(h.t.Context(), h.client, gig)
	h.must(err)
	return gig, found.Shifts[0].ID
}

func (h *house) confirm(shift jobs.ShiftID, who members.Actor) {
	h.t.Helper()
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error {
		_, err := h.jobs.ConfirmTx(h.t.Context(), tx, who.Cooperative, shift, who.Member)
		return err
	}))
}

func at(from time.Time, length time.Duration) func(*jobs.NewGig) {
	return func(n *jobs.NewGig) {
		n.Shifts = []jobs.NewShift{{Starts: from, Ends: from.Add(length), Seats: 1}}
	}
}

// TestAgreedWorkCountsForTheDay: three hours agreed, four at the most.
func TestAgreedWorkCountsForTheDay(t *testing.T) {
	h := newHouse(t)
	anna, els := h.followed("anna")
	h.agree(anna, els, coaching.NewRail{Kind: coaching.HoursDayRail, Minutes: 240})
	morning := time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)
	_, first := h.seek(at(morning, 3*time.Hour))
	h.confirm(first, anna)
	before := len(h.offers(anna))
	gig, shift := h.seek(at(morning.Add(4*time.Hour), 61*time.Minute))
	if len(h.offers(anna)) != before {
		t.Error("a minute more than agreed was offered")
	}
	chances, err := h.Chances(t.Context(), anna, gig)
	if err != nil || len(chances) != 1 || !slices.Equal(chances[0].Broken, []matching.Rule{matching.RailDayRule}) {
		t.Errorf("the member reads %+v, %v", chances, err)
	}
	var broken *matching.Broken
	if _, _, err := h.Ask(t.Context(), anna, shift); !errors.As(err, &broken) || !slices.Equal(broken.Rules, []matching.Rule{matching.RailDayRule}) {
		t.Errorf("asking gave %v", err)
	}
	if h.seek(at(morning.Add(6*time.Hour), time.Hour)); len(h.offers(anna)) != before+1 {
		t.Error("exactly the hours of the day were not offered")
	}
	if h.seek(at(morning.Add(28*time.Hour), 4*time.Hour)); len(h.offers(anna)) != before+2 {
		t.Error("the next day was not offered")
	}
}

// TestHoursHoldAtConfirmation: two shifts of one day are offered, and one is given.
func TestHoursHoldAtConfirmation(t *testing.T) {
	h := newHouse(t)
	anna, els := h.followed("anna")
	h.agree(anna, els, coaching.NewRail{Kind: coaching.HoursDayRail, Minutes: 240})
	morning := time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)
	h.seek(at(morning, 3*time.Hour))
	h.seek(at(morning.Add(4*time.Hour), 3*time.Hour))
	for _, o := range h.offers(anna) {
		h.must(h.Accept(t.Context(), anna, o.ID))
	}
	h.later(25 * time.Hour)
	got := map[matching.State]int{}
	for _, o := range h.offers(anna) {
		got[o.State]++
	}
	if got[matching.Confirmed] != 1 || got[matching.Withdrawn] != 1 {
		t.Errorf("the two became %v", got)
	}
}

// TestEndingWorksOnTheNextSearch, and so does a rail that is agreed after an
// offer was written.
func TestEndingWorksOnTheNextSearch(t *testing.T) {
	h := newHouse(t)
	anna, els := h.followed("anna")
	rail := h.agree(anna, els, coaching.NewRail{Kind: coaching.AloneRail})
	if h.seek(nil); len(h.offers(anna)) != 0 {
		t.Fatal("work alone was offered")
	}
	h.must(h.coaching.EndRail(t.Context(), anna, rail))
	h.seek(nil)
	if got := h.state(anna); got != matching.Sent {
		t.Fatalf("after the rail ended the offer is %s", got)
	}
	h.must(h.Accept(t.Context(), anna, h.offers(anna)[0].ID))
	h.agree(anna, els, coaching.NewRail{Kind: coaching.AloneRail})
	h.later(25 * time.Hour)
	if got := h.state(anna); got != matching.Withdrawn {
		t.Errorf("what breaks a rail at the confirmation is %s", got)
	}
}

func TestOnlyTheFirstShiftIsAccompanied(t *testing.T) {
	h := newHouse(t)
	anna, els := h.followed("anna")
	h.agree(anna, els, coaching.NewRail{Kind: coaching.FirstRail})
	if h.seek(nil); len(h.offers(anna)) != 0 {
		t.Error("a first shift without help was offered")
	}
	_, shift := h.seek(func(n *jobs.NewGig) { n.SupportOnSite = true })
	if len(h.offers(anna)) != 1 {
		t.Error("a first shift with help was not offered")
	}
	h.confirm(shift, anna)
	if h.seek(at(h.now.Add(80*time.Hour), time.Hour)); len(h.offers(anna)) != 1 {
		t.Error("what is only agreed counts as been there")
	}
	_, err := h.db.Exec(t.Context(), `UPDATE jobs.engagement SET state = 'finished'`)
	h.must(err)
	if h.seek(at(h.now.Add(90*time.Hour), time.Hour)); len(h.offers(anna)) != 2 {
		t.Error("who has been there is not asked")
	}
}

// waits gives the only offer of the member, as it waits for the coach.
func (h *house) waits(member, coach members.Actor) matching.WithCoach {
	h.t.Helper()
	if got := h.state(member); got != matching.WaitingCoach {
		h.t.Fatalf("the offer is %s", got)
	}
	list, err := h.WithCoach(h.t.Context(), coach, member.Member)
	h.must(err)
	if len(list) != 1 {
		h.t.Fatalf("%d wait for the coach", len(list))
	}
	return list[0]
}

func (h *house) coachFirst(scopes ...members.Scope) (anna, els members.Actor, rail coaching.RailID) {
	h.t.Helper()
	anna, els = h.followed("anna", scopes...)
	return anna, els, h.agree(anna, els, coaching.NewRail{Kind: coaching.CoachRail})
}

// TestOfferGoesToTheMemberByItself: nobody does anything.
func TestOfferGoesToTheMemberByItself(t *testing.T) {
	h := newHouse(t)
	anna, els, _ := h.coachFirst(members.OffersScope)
	h.seek(nil) // at 10.00 in Amsterdam, with a window of a day
	o := h.waits(anna, els)
	if got := o.CoachUntil.Sub(h.now); got != 4*time.Hour || o.ComeAlong {
		t.Errorf("the coach has %v: %+v", got, o)
	}
	if err := h.Accept(t.Context(), anna, o.ID); !errors.Is(err, matching.ErrOver) {
		t.Errorf("an answer before it was sent gave %v", err)
	}
	if want := []string{"matching.offer_waits"}; !slices.Equal(h.told, want) {
		t.Errorf("told were %v", h.told)
	}
	h.later(4*time.Hour - time.Minute)
	h.waits(anna, els)
	h.later(time.Minute)
	if got := h.state(anna); got != matching.Sent {
		t.Fatalf("after its time the offer is %s", got)
	}
	if want := []string{"matching.offer_waits", "matching.offer_sent"}; !slices.Equal(h.told, want) {
		t.Errorf("told were %v", h.told)
	}
	if err := h.PassOn(t.Context(), els, o.ID); !errors.Is(err, matching.ErrDecided) {
		t.Errorf("passing on too late gave %v", err)
	}
	h.must(h.Accept(t.Context(), anna, o.ID))
	h.later(20 * time.Hour)
	if got := h.state(anna); got != matching.Confirmed {
		t.Errorf("the window closed on %s", got)
	}
}

// TestRefusedOffersStandInTheLog: the coach's list, and an offer that waits for
// who may not read any more.
func TestRefusedOffersStandInTheLog(t *testing.T) {
	h := newHouse(t)
	anna, els, _ := h.coachFirst(members.OffersScope)
	h.seek(nil)
	o := h.waits(anna, els)
	h.must(h.people.RevokeAll(t.Context(), anna, els.Role))
	for name, try := range map[string]func() error{
		"list":      func() error { _, err := h.WithCoach(t.Context(), els, anna.Member); return err },
		"pass on":   func() error { return h.PassOn(t.Context(), els, o.ID) },
		"hold back": func() error { return h.HoldBack(t.Context(), els, o.ID, "Nee.") },
	} {
		h.now = h.now.Add(time.Hour)
		if err := try(); !errors.Is(err, members.ErrNotGranted) {
			t.Errorf("%s gave %v", name, err)
		}
		list, _, err := h.people.Reads(t.Context(), anna, time.Time{})
		h.must(err)
		if !list[0].Refused || list[0].Scope != members.OffersScope || !list[0].Hour.Equal(h.now) {
			t.Errorf("%s left the line %+v", name, list[0])
		}
	}
}

// TestWithoutAGrantNobodyWaits: it goes straight to the member.
func TestWithoutAGrantNobodyWaits(t *testing.T) {
	h := newHouse(t)
	anna, els, _ := h.coachFirst()
	h.seek(nil)
	if got := h.state(anna); got != matching.Sent {
		t.Errorf("the offer is %s", got)
	}
	if _, err := h.WithCoach(t.Context(), els, anna.Member); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("the coach reads: %v", err)
	}
}

func TestWhoFollowsNowPassesOn(t *testing.T) {
	h := newHouse(t)
	anna, els, _ := h.coachFirst(members.OffersScope)
	bob := h.coach("bob")
	h.seek(nil)
	o := h.waits(anna, els)
	for name, by := range map[string]members.Actor{"another coach": bob, "the member": anna, "the client": h.client, "the coordinator": h.coordinator()} {
		if err := h.PassOn(t.Context(), by, o.ID); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s passed on: %v", name, err)
		}
		if err := h.HoldBack(t.Context(), by, o.ID, "Nee."); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s held back: %v", name, err)
		}
		if _, err := h.WithCoach(t.Context(), by, anna.Member); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s reads: %v", name, err)
		}
	}
	if who, m, err := h.CoachWaited(t.Context(), anna.Cooperative, o.ID); err != nil || who.ID != els.Person || m != anna.Member {
		t.Errorf("told is %+v, %v", who, err)
	}
	h.must(h.follow(anna, bob))
	if err := h.PassOn(t.Context(), els, o.ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the former coach: %v", err)
	}
	if err := h.PassOn(t.Context(), bob, o.ID); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("a new coach without a key: %v", err)
	}
	h.must(h.coaching.Grant(t.Context(), anna, members.NewGrant{Grantee: bob.Role, Until: "2027-05-24", Scopes: []members.Scope{members.OffersScope}}))
	h.must(h.PassOn(t.Context(), bob, o.ID))
	if got := h.state(anna); got != matching.Sent {
		t.Errorf("passed on it is %s", got)
	}
	if err := h.PassOn(t.Context(), bob, o.ID); !errors.Is(err, matching.ErrDecided) {
		t.Errorf("a second time: %v", err)
	}
	var reads int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM members.access_read WHERE scope = 'offers' AND reader_id = $1 AND NOT refused`, bob.Role).Scan(&reads))
	if reads != 1 {
		t.Errorf("%d lines in the log", reads)
	}
}

func TestNotThisOne(t *testing.T) {
	h := newHouse(t)
	anna, els, _ := h.coachFirst(members.OffersScope)
	gig, shift := h.seek(nil)
	o := h.waits(anna, els)
	var p check.Problems
	if err := h.HoldBack(t.Context(), els, o.ID, " "); !errors.As(err, &p) || !p.At("why") {
		t.Errorf("no reason gave %v", err)
	}
	h.must(h.HoldBack(t.Context(), els, o.ID, "Je begint die dag al vroeg."))
	h.run()
	if want := []string{"matching.offer_waits", "matching.offer_decided"}; !slices.Equal(h.told, want) {
		t.Errorf("told were %v", h.told)
	}
	got, err := h.Offer(t.Context(), anna, o.ID)
	if err != nil || got.State != matching.Withdrawn || got.HeldWhy != "Je begint die dag al vroeg." || got.HeldBy != els.Name {
		t.Errorf("the member reads %+v, %v", got.Held, err)
	}
	if chances, err := h.Chances(t.Context(), anna, gig); err != nil || chances[0].State != "" || len(chances[0].Broken) > 0 {
		t.Errorf("the member can ask: %+v, %v", chances, err)
	}
	h.later(5 * time.Hour)
	if got := h.state(anna); got != matching.Withdrawn {
		t.Errorf("later it is %s", got)
	}
	if again := h.ask(anna, shift); again != o.ID || h.state(anna) != matching.Asked {
		t.Errorf("what the member asks for is %s", h.state(anna))
	}
	h.must(h.Grant(t.Context(), h.client, o.ID))
	if got := h.state(anna); got != matching.Confirmed {
		t.Errorf("granted it is %s", got)
	}
}

// TestEndingTheCoachsLookLetsGo of what waits.
func TestEndingTheCoachsLookLetsGo(t *testing.T) {
	h := newHouse(t)
	anna, els, rail := h.coachFirst(members.OffersScope)
	h.seek(nil)
	h.waits(anna, els)
	h.must(h.coaching.EndRail(t.Context(), anna, rail))
	h.run()
	if got := h.state(anna); got != matching.Sent {
		t.Errorf("the offer is %s", got)
	}
}

// TestComingAlong: to pass it on is to come along; nobody's doing is not. That holds
// for whom it was agreed, and for who told that they need somebody at first.
func TestComingAlong(t *testing.T) {
	for _, tt := range []struct {
		agreed, passes bool
		want           matching.State
	}{{true, true, matching.Confirmed}, {true, false, matching.Withdrawn}, {false, true, matching.Confirmed}, {false, false, matching.Withdrawn}} {
		passes, want := tt.passes, tt.want
		h := newHouse(t)
		anna, els, _ := h.coachFirst(members.OffersScope)
		if tt.agreed {
			h.agree(anna, els, coaching.NewRail{Kind: coaching.FirstRail})
		} else {
			h.exec(`INSERT INTO members.member_profile (cooperative_id, member_id, support) VALUES ($1, $2, 'start')
				ON CONFLICT (cooperative_id, member_id) DO UPDATE SET support = 'start'`, anna.Cooperative, anna.Member)
		}
		h.seek(nil)
		o := h.waits(anna, els)
		if !o.ComeAlong {
			t.Error("the coach does not hear that nobody helps")
		}
		if passes {
			h.must(h.PassOn(t.Context(), els, o.ID))
			h.must(h.Accept(t.Context(), anna, o.ID))
		}
		h.later(25 * time.Hour)
		if got := h.state(anna); got != want {
			t.Errorf("agreed: %v, passed on: %v: it is %s, want %s", tt.agreed, passes, got, want)
		}
	}
}

// TestWhatWaitsTooLongIsTold: tasks stood still until the window was over.
func TestWhatWaitsTooLongIsTold(t *testing.T) {
	h := newHouse(t)
	anna, els, _ := h.coachFirst(members.OffersScope)
	h.seek(nil)
	o := h.waits(anna, els)
	h.now = h.now.Add(30 * time.Hour)
	if err := h.PassOn(t.Context(), els, o.ID); !errors.Is(err, matching.ErrDecided) {
		t.Errorf("after the window: %v", err)
	}
	h.run()
	if got := h.state(anna); got != matching.Withdrawn || h.told[len(h.told)-1] != "matching.offer_decided" {
		t.Errorf("it is %s, told %v", got, h.told)
	}
}

// breaks counts offers that break an agreed rail, as Postgres sees it.
const breaks = `
	SELECT count(*)
	FROM matching.offer o
	JOIN jobs.shift s ON s.id = o.shift_id
	JOIN jobs.gig g ON g.id = s.gig_id
	JOIN members.place p ON p.code = g.place_code
	JOIN members.member m ON m.id = o.member_id
	JOIN members.place home ON home.code = m.place_code
	JOIN coaching.guard_rail r ON r.member_id = o.member_id AND r.state = 'agreed'
	WHERE o.state IN ('sent', 'waiting_coach') AND CASE r.kind
		WHEN 'hours_day' THEN r.minutes < (SELECT max((SELECT sum(extract(epoch FROM least(x.ends_at, (d + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam')
				- greatest(x.starts_at, d::timestamp AT TIME ZONE 'Europe/Amsterdam'))) / 60 FROM work x
				WHERE x.member_id IN (o.member_id, s.id) AND x.starts_at < (d + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam' AND x.ends_at > d::timestamp AT TIME ZONE 'Europe/Amsterdam'))
			FROM (SELECT (s.starts_at AT TIME ZONE 'Europe/Amsterdam')::date + n AS d FROM generate_series(0, 1) n) days
			WHERE d::timestamp AT TIME ZONE 'Europe/Amsterdam' < s.ends_at)
		WHEN 'hours_week' THEN r.minutes < (SELECT max((SELECT sum(extract(epoch FROM least(x.ends_at, (d + 7)::timestamp AT TIME ZONE 'Europe/Amsterdam')
				- greatest(x.starts_at, d::timestamp AT TIME ZONE 'Europe/Amsterdam'))) / 60 FROM work x
				WHERE x.member_id IN (o.member_id, s.id) AND x.starts_at < (d + 7)::timestamp AT TIME ZONE 'Europe/Amsterdam' AND x.ends_at > d::timestamp AT TIME ZONE 'Europe/Amsterdam'))
			FROM (SELECT date_trunc('week', s.starts_at AT TIME ZONE 'Europe/Amsterdam')::date + 7 * n AS d FROM generate_series(0, 1) n) weeks
			WHERE d::timestamp AT TIME ZONE 'Europe/Amsterdam' < s.ends_at)
		WHEN 'no_nights' THEN EXISTS (SELECT FROM generate_series(-1, 1) n WHERE tstzrange(s.starts_at, s.ends_at) && tstzrange(
			((s.starts_at AT TIME ZONE 'Europe/Amsterdam')::date + n + time '23:00') AT TIME ZONE 'Europe/Amsterdam',
			((s.starts_at AT TIME ZONE 'Europe/Amsterdam')::date + n + 1 + time '06:00') AT TIME ZONE 'Europe/Amsterdam'))
		WHEN 'not_alone' THEN NOT g.with_others
		WHEN 'only_groups' THEN NOT EXISTS (SELECT FROM jobs.gig_skill k WHERE k.gig_id = g.id)
			OR EXISTS (SELECT FROM jobs.gig_skill k JOIN members.skill q ON q.code = k.skill_code WHERE k.gig_id = g.id AND q.group_code <> ALL (r.groups))
		WHEN 'not_groups' THEN EXISTS (SELECT FROM jobs.gig_skill k JOIN members.skill q ON q.code = k.skill_code WHERE k.gig_id = g.id AND q.group_code = ANY (r.groups))
		WHEN 'reach' THEN p.code <> home.code AND r.metres < 14000
		WHEN 'first_accompanied' THEN NOT g.support_on_site AND o.state = 'sent'
		WHEN 'coach_first' THEN o.state <> 'waiting_coach'
	END`

// TestNoOfferBreaksARail: whatever is agreed, ended and posted. Nijmegen and
// Arnhem are more than 14 kilometres apart, and less than 20.
func TestNoOfferBreaksARail(t *testing.T) {
	h := newHouse(t)
	h.now = time.Date(2026, 10, 19, 9, 0, 0, 0, time.UTC)
	anna, els := h.followed("anna", members.OffersScope)
	_, err := h.db.Exec(t.Context(), `CREATE VIEW work AS
		SELECT member_id, starts_at, ends_at FROM jobs.engagement WHERE state NOT IN ('cancelled', 'absent') UNION ALL SELECT id, starts_at, ends_at FROM jobs.shift`)
	h.must(err)
	offered, agreed := 0, map[coaching.RailKind]coaching.RailID{}
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(0, 3).Draw(rt, "rails") {
			kind := rapid.SampledFrom(coaching.RailKinds()).Draw(rt, "kind")
			if rail, has := agreed[kind]; has && rapid.IntRange(0, 2).Draw(rt, "ends") > 0 {
				h.must(h.coaching.EndRail(t.Context(), rapid.SampledFrom([]members.Actor{anna, els}).Draw(rt, "by"), rail))
				delete(agreed, kind)
				continue
			}
			agreed[kind] = h.agree(anna, els, coaching.NewRail{Kind: kind, Minutes: 60 * rapid.IntRange(2, 12).Draw(rt, "hours"),
				Metres: rapid.SampledFrom([]int{1000, 13_000, 20_000, 60_000}).Draw(rt, "metres"),
				Groups: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"green", "cleaning", "kitchen"}), 1, 2, rapid.ID).Draw(rt, "groups")})
		}
		for _, kind := range coaching.RailKinds() {
			if rail, has := agreed[kind]; has && len(agreed) > 2 { // under more of them hardly anything is offered
				h.must(h.coaching.EndRail(t.Context(), anna, rail))
				delete(agreed, kind)
			}
		}
		starts := time.Date(2026, 10, 22, 12, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 24*6).Draw(rt, "starts")) * time.Hour) // the clock changes on the 25th
		_, shift := h.seek(func(n *jobs.NewGig) {
			n.SupportOnSite, n.WithOthers = rapid.Bool().Draw(rt, "support"), rapid.Bool().Draw(rt, "others")
			n.PlaceCode = rapid.SampledFrom([]string{"arnhem", "nijmegen"}).Draw(rt, "place")
			n.Skills = rapid.SampledFrom([][]string{nil, {"weeding"}, {"weeding", "window-cleaning"}}).Draw(rt, "skills")
			n.Shifts = []jobs.NewShift{{Starts: starts, Ends: starts.Add(time.Duration(rapid.IntRange(1, 10).Draw(rt, "hours")) * time.Hour), Seats: 1}}
		})
		var broken, all int
		h.must(h.db.QueryRow(t.Context(), breaks).Scan(&broken))
		h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM matching.offer`).Scan(&all))
		if offered += all; broken > 0 {
			rt.Fatalf("%d offers break a rail of %v", broken, agreed)
		}
		_, err := h.db.Exec(t.Context(), `DELETE FROM matching.offer`)
		h.must(err)
		if all > 0 && rapid.IntRange(0, 2).Draw(rt, "works") == 0 {
			if _, err := h.db.Exec(t.Context(), `DELETE FROM jobs.engagement WHERE id NOT IN (SELECT id FROM jobs.engagement ORDER BY confirmed_at DESC, id LIMIT 3)`); err != nil {
				rt.Fatal(err)
			}
			h.confirm(shift, anna)
		}
	})
	if offered < 10 {
		t.Errorf("only %d offers were written: the test looks at nothing", offered)
	}
}
