package jobs_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

const rather = "Het klikte niet tussen ons tweeën."

func (h *house) refusal() members.NewClientRefusal {
	return members.NewClientRefusal{Code: members.RefusedContact, Why: rather, Until: members.DayOf(h.now).AddMonths(6)}
}

// letsRead lets the coach follow the member and read this.
func (h *house) letsRead(scopes ...members.Scope) {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) error {
		service := coaching.New(h.db, h.queue, h.people, func() time.Time { return h.now }, nil)
		if err := service.AssignTx(h.ctx(), tx, h.coach.Cooperative, h.member.Member, h.coach.Role); err != nil {
			return err
		}
		return h.people.GrantTx(h.ctx(), tx, h.member, members.NewGrant{Grantee: h.coach.Role, Scopes: scopes, Until: members.DayOf(h.now).AddMonths(3)})
	})
}

// TestRefusalIsTold: to the member with the reason, to the office, and to the coach
// who may read of it; and a second look lifts it.
func TestRefusalIsTold(t *testing.T) {
	h := newHouse(t)
	h.letsRead(members.OffersScope)
	e := h.agreedWork()
	h.allRight(h.RefuseMember(h.ctx(), h.client, e, h.refusal()))
	own, err := h.people.ClientRefusals(h.ctx(), h.member)
	if err != nil || len(own) != 1 || own[0].Why != rather || own[0].ClientName != "De Linde" || !own[0].Holds(members.DayOf(h.now)) {
		t.Fatalf("the member reads %+v, %v", own, err)
	}
	for name, by := range map[string]members.Actor{"the client": h.client, "the office": h.coordinator} {
		if list, err := h.people.ClientRefusals(h.ctx(), by); err != nil || len(list) != 1 || list[0].Why != rather {
			t.Errorf("%s reads %+v, %v", name, list, err)
		}
	}
	if list, err := h.people.ClientRefusalsOf(h.ctx(), h.coach, h.member.Member); err != nil || len(list) != 1 {
		t.Errorf("the coach reads %+v, %v", list, err)
	}
	for name, by := range map[string]members.Actor{"another client": h.rival, "another office": h.otherOffices} {
		if list, err := h.people.ClientRefusals(h.ctx(), by); err != nil || len(list) != 0 {
			t.Errorf("%s reads %+v, %v", name, list, err)
		}
	}
	told := jobs.MemberRefused{Refusal: own[0].ID, Cooperative: h.client.Cooperative, Office: true}
	_, who, office, coaches, err := h.ToldMemberRefused(h.ctx(), told)
	if err != nil || who.Name != "anna" || len(office) != 1 || office[0].Name != "noor" || len(coaches) != 1 || coaches[0].Name != "els" {
		t.Errorf("told are %v, %v and %v, %v", who, office, coaches, err)
	}
	if err := h.RefuseMember(h.ctx(), h.client, e, h.refusal()); !errors.Is(err, members.ErrDecided) {
		t.Errorf("a second refusal: %v", err)
	}
	h.secondLook(own[0])
	if list, err := h.people.ClientRefusals(h.ctx(), h.client); err != nil || len(list) != 0 {
		t.Errorf("after the second look the client has %+v, %v", list, err)
	}
	if n := h.number(`SELECT count(*) FROM tasks.task WHERE kind = 'members.refusal_ended'`); n != 1 {
		t.Errorf("%d tasks tell that it ended", n)
	}
}

// secondLook is asked by the member, and finds for them.
func (h *house) secondLook(r members.ClientRefusal) {
	h.t.Helper()
	d, err := members.ParseDecision(r.Decision().String())
	h.allRight(err)
	about, err := h.people.Decided(h.ctx(), h.member, d)
	if err != nil || about.What != "member_refused" || about.Why != rather || about.ByName != "piet" || !about.Stands {
		h.t.Fatalf("the decision is %+v, %v", about, err)
	}
	if _, err := h.people.Decided(h.ctx(), h.client, d); !errors.Is(err, members.ErrNotFound) {
		h.t.Errorf("about somebody else: %v", err)
	}
	review, err := h.people.AskReview(h.ctx(), h.member, d, "Ik herken dit niet en wil graag blijven komen.")
	h.allRight(err)
	h.allRight(h.people.TakeReview(h.ctx(), h.coordinator, review))
	h.allRight(h.people.AnswerReview(h.ctx(), h.coordinator, review, members.Overturned, "We spraken met beiden: het mag weer."))
	page, err := h.people.Review(h.ctx(), h.coordinator, review)
	if err != nil || page.About.What != "member_refused" || page.About.Stands {
		h.t.Errorf("the review is %+v, %v", page.About, err)
	}
	if _, err := h.people.AskReview(h.ctx(), h.member, d, "Nog een keer dezelfde vraag graag."); err != nil {
		h.t.Errorf("asked again it is the same: %v", err)
	}
}

// TestRefusalIsOneDecision: by the deed or by itself, one review.
func TestRefusalIsOneDecision(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	h.allRight(h.RefuseMember(h.ctx(), h.client, e, h.refusal()))
	deeds, err := h.people.Concerning(h.ctx(), h.member.Person)
	h.allRight(err)
	var deed members.Audited
	for _, d := range deeds {
		if d.What == "member_refused" {
			deed = d
		}
	}
	if deed.Why != rather {
		t.Fatalf("the deed is %+v", deed)
	}
	about, err := h.people.Decided(h.ctx(), h.member, members.Decision{Deed: members.DeedID{Cooperative: deed.Cooperative, Seq: deed.Seq}})
	if err != nil || about.Decision.Refusal.IsZero() {
		t.Errorf("the deed leads to %+v, %v", about.Decision, err)
	}
}

func TestRefusalIsTakenBack(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	h.allRight(h.RefuseMember(h.ctx(), h.client, e, h.refusal()))
	list, err := h.people.ClientRefusals(h.ctx(), h.client)
	h.allRight(err)
	for name, by := range map[string]members.Actor{"another client": h.rival, "the member": h.member, "the office": h.coordinator, "elsewhere": h.otherOffices} {
		if err := h.people.TakeBackRefusal(h.ctx(), by, list[0].ID); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s takes it back: %v", name, err)
		}
	}
	h.allRight(h.people.TakeBackRefusal(h.ctx(), h.client, list[0].ID))
	if err := h.people.TakeBackRefusal(h.ctx(), h.client, list[0].ID); !errors.Is(err, members.ErrDecided) {
		t.Errorf("twice: %v", err)
	}
	h.allRight(h.RefuseMember(h.ctx(), h.client, e, h.refusal()))
	h.now = h.now.AddDate(0, 7, 0)
	again := h.refusal()
	h.allRight(h.RefuseMember(h.ctx(), h.client, e, again)) // the day of the one before is over
	if _, err := h.people.AskReview(h.ctx(), h.member, list[0].Decision(), "Dit klopt volgens mij echt niet."); !errors.Is(err, members.ErrDecided) {
		t.Errorf("a second look at what ended: %v", err)
	}
}

// TestRefusalThatCannotBe: of nobody who worked, without words, for ever.
func TestRefusalThatCannotBe(t *testing.T) {
	h := newHouse(t)
	early := h.engaged()
	if err := h.RefuseMember(h.ctx(), h.client, early, h.refusal()); !errors.Is(err, jobs.ErrNotWorked) {
		t.Errorf("before the work: %v", err)
	}
	for _, state := range []string{setAbsent, setOff} {
		h.sql(`UPDATE jobs.engagement SET `+state+` WHERE id = $1`, early)
		if err := h.RefuseMember(h.ctx(), h.client, early, h.refusal()); !errors.Is(err, jobs.ErrNotWorked) {
			t.Errorf("%s: %v", state, err)
		}
	}
	h.sql(`UPDATE jobs.engagement SET state = 'finished', called_off_at = NULL, called_off_by = NULL, called_off_role_id = NULL WHERE id = $1`, early)
	today := members.DayOf(h.now)
	for name, tt := range map[string]struct {
		change func(*members.NewClientRefusal)
		field  string
	}{
		"no reason":     {func(n *members.NewClientRefusal) { n.Why = "te kort" }, "why"},
		"a long reason": {func(n *members.NewClientRefusal) { n.Why = strings.Repeat("é", 501) }, "why"},
		"unreadable":    {func(n *members.NewClientRefusal) { n.Why = "veel te traag\x00" }, "why"},
		"no such code":  {func(n *members.NewClientRefusal) { n.Code = "never again" }, "code"},
		"no day":        {func(n *members.NewClientRefusal) { n.Until = "" }, "until"},
		"today":         {func(n *members.NewClientRefusal) { n.Until = today }, "until"},
		"for ever":      {func(n *members.NewClientRefusal) { n.Until = today.AddMonths(12).AddDays(1) }, "until"},
	} {
		n := h.refusal()
		tt.change(&n)
		var problems check.Problems
		if err := h.RefuseMember(h.ctx(), h.client, early, n); !errors.As(err, &problems) || !problems.At(tt.field) {
			t.Errorf("%s: %v, want a problem at %s", name, err, tt.field)
		}
	}
	for name, by := range map[string]members.Actor{"another client": h.rival, "the member": h.member, "the office": h.coordinator, "elsewhere": h.otherOffices} {
		if err := h.RefuseMember(h.ctx(), by, early, h.refusal()); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s refuses: %v", name, err)
		}
	}
	longest := h.refusal()
	longest.Until, longest.Why = today.AddMonths(12), strings.Repeat("é", 500)
	h.allRight(h.RefuseMember(h.ctx(), h.client, early, longest))
}

// TestFavouriteWithTheMembersYes: asked, wanted, ended by either.
func TestFavouriteWithTheMembersYes(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	h.allRight(h.AskFavourite(h.ctx(), h.client, e))
	if err := h.AskFavourite(h.ctx(), h.client, e); !errors.Is(err, jobs.ErrFavouriteThere) {
		t.Errorf("asked twice: %v", err)
	}
	f := h.favourite(h.member, jobs.FavouriteAsked)
	for name, by := range map[string]members.Actor{"another client": h.rival, "the coach": h.coach, "the office": h.coordinator, "elsewhere": h.otherOffices, "nobody": {}} {
		for what, err := range map[string]error{"answers": h.AnswerFavourite(h.ctx(), by, f.ID, true), "ends": h.EndFavourite(h.ctx(), by, f.ID), "asks": h.AskFavourite(h.ctx(), by, e)} {
			if !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%s %s: %v", name, what, err)
			}
		}
		if list, err := h.Favourites(h.ctx(), by); err != nil || len(list) != 0 {
			t.Errorf("%s sees %+v, %v", name, list, err)
		}
	}
	if err := h.AnswerFavourite(h.ctx(), h.client, f.ID, true); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the client answers: %v", err)
	}
	h.allRight(h.AnswerFavourite(h.ctx(), h.member, f.ID, true))
	if f := h.favourite(h.client, jobs.FavouriteOn); f.MemberName != "anna" || f.Title.Text != "Ramen lappen" {
		t.Errorf("the client sees %+v", f)
	}
	h.allRight(h.EndFavourite(h.ctx(), h.member, f.ID))
	if err := h.EndFavourite(h.ctx(), h.client, f.ID); !errors.Is(err, jobs.ErrFavouriteMoved) {
		t.Errorf("ended twice: %v", err)
	}
	if err := h.AskFavourite(h.ctx(), h.client, e); !errors.Is(err, jobs.ErrAskedLately) {
		t.Errorf("asked again at once: %v", err)
	}
	h.now = h.now.AddDate(0, 0, 91)
	h.allRight(h.AskFavourite(h.ctx(), h.client, e))
	h.allRight(h.EndFavourite(h.ctx(), h.client, h.favourite(h.client, jobs.FavouriteAsked).ID))
	h.allRight(h.AskFavourite(h.ctx(), h.client, e)) // who takes it back may ask again
}

// favourite is the first of the list, in this state.
func (h *house) favourite(by members.Actor, state jobs.FavouriteState) jobs.Favourite {
	h.t.Helper()
	list, err := h.Favourites(h.ctx(), by)
	if err != nil || len(list) == 0 || list[0].State != state {
		h.t.Fatalf("the favourites are %+v, %v; want one that is %s", list, err, state)
	}
	return list[0]
}

// TestFavouriteIsAnsweredOrOver: a no is told, and so is that no answer came.
func TestFavouriteIsAnsweredOrOver(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	h.allRight(h.AskFavourite(h.ctx(), h.client, e))
	f := h.favourite(h.client, jobs.FavouriteAsked)
	over := func() {
		h.tx(func(tx pgx.Tx) error {
			return h.FavouriteOverTx(h.ctx(), tx, jobs.FavouriteOver{Favourite: f.ID, Cooperative: h.client.Cooperative})
		})
	}
	over()
	h.favourite(h.client, jobs.FavouriteAsked) // too early
	h.now = f.Until()
	over()
	h.favourite(h.client, jobs.FavouriteExpired)
	if err := h.AnswerFavourite(h.ctx(), h.member, f.ID, true); !errors.Is(err, jobs.ErrFavouriteMoved) {
		t.Errorf("a late yes: %v", err)
	}
	_, side, people, err := h.ToldFavourite(h.ctx(), jobs.FavouriteTold{Favourite: f.ID, Cooperative: h.client.Cooperative, State: jobs.FavouriteExpired})
	if err != nil || side != members.RoleClient || len(people) != 1 || people[0].Name != "piet" {
		t.Errorf("%s hears: %v, %v", side, people, err)
	}
	h.allRight(h.AskFavourite(h.ctx(), h.client, e))
	h.allRight(h.AnswerFavourite(h.ctx(), h.member, h.favourite(h.member, jobs.FavouriteAsked).ID, false))
	h.favourite(h.client, jobs.FavouriteRefused)
}

// TestKeptAwayClientAsksInVain: the member does not see it, and the client learns
// nothing.
func TestKeptAwayClientAsksInVain(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	h.allRight(h.people.Block(h.ctx(), h.member, h.client.Client, ""))
	h.allRight(h.AskFavourite(h.ctx(), h.client, e))
	_, err := h.OfferJob(h.ctx(), h.client, e, h.job())
	h.allRight(err)
	favourites, err := h.Favourites(h.ctx(), h.member)
	h.allRight(err)
	offers, err := h.JobOffers(h.ctx(), h.member)
	h.allRight(err)
	told := h.number(`SELECT count(*) FROM tasks.task WHERE kind IN ('jobs.favourite_told', 'jobs.job_told')`)
	if len(favourites) != 0 || len(offers) != 0 || told != 0 {
		t.Errorf("the member sees %v and %v, and is told %d times", favourites, offers, told)
	}
	h.favourite(h.client, jobs.FavouriteAsked)
}

// TestRefusalEndsAFavourite, and nothing is asked of who is refused.
func TestRefusalEndsAFavourite(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	h.allRight(h.AskFavourite(h.ctx(), h.client, e))
	h.allRight(h.AnswerFavourite(h.ctx(), h.member, h.favourite(h.member, jobs.FavouriteAsked).ID, true))
	h.allRight(h.RefuseMember(h.ctx(), h.client, e, h.refusal()))
	h.favourite(h.member, jobs.FavouriteEnded)
	if err := h.AskFavourite(h.ctx(), h.client, e); !errors.Is(err, members.ErrDecided) {
		t.Errorf("a favourite who is refused: %v", err)
	}
	if _, err := h.OfferJob(h.ctx(), h.client, e, h.job()); !errors.Is(err, members.ErrDecided) {
		t.Errorf("a job for who is refused: %v", err)
	}
}

func (h *house) job() jobs.NewJobOffer {
	return jobs.NewJobOffer{Title: "Medewerker groen", Hours: 24, Starts: members.DayOf(h.now).AddMonths(1), Words: "We willen je graag\nin dienst nemen."}
}

func (h *house) offersJob(e jobs.EngagementID) jobs.JobOfferID {
	h.t.Helper()
	offer, err := h.OfferJob(h.ctx(), h.client, e, h.job())
	h.allRight(err)
	return offer
}

func (h *house) jobIs(offer jobs.JobOfferID, by members.Actor, state jobs.JobState) jobs.JobOffer {
	h.t.Helper()
	o, err := h.JobOffer(h.ctx(), by, offer)
	if err != nil || o.State != state {
		h.t.Fatalf("the job offer is %s, %v; want %s", o.State, err, state)
	}
	return o
}

// TestJobWithACoach: who is asked first, advises; both say yes.
func TestJobWithACoach(t *testing.T) {
	h := newHouse(t)
	h.letsRead(members.ProgressScope)
	offer := h.offersJob(h.agreedWork())
	if o := h.jobIs(offer, h.member, jobs.JobAsked); o.Words != "We willen je graag\nin dienst nemen." || !o.CoachListen || o.ClientName != "De Linde" {
		t.Errorf("the member reads %+v", o)
	}
	if list, err := h.JobOffersOf(h.ctx(), h.coach, h.member.Member); err != nil || len(list) != 0 {
		t.Errorf("before the member tells them the coach reads %+v, %v", list, err)
	}
	h.allRight(h.AskCoachFirst(h.ctx(), h.member, offer))
	list, err := h.JobOffersOf(h.ctx(), h.coach, h.member.Member)
	if err != nil || len(list) != 1 || list[0].Title != "Medewerker groen" || list[0].Words == "" {
		t.Errorf("the coach reads %+v, %v", list, err)
	}
	h.allRight(h.AdviseJob(h.ctx(), h.coach, h.member.Member, offer, jobs.JobNo, "Is 24 uur niet veel?"))
	if o := h.jobIs(offer, h.member, jobs.JobAsked); o.CoachSaid != jobs.JobNo || o.CoachWords != "Is 24 uur niet veel?" || o.CoachName != "els" {
		t.Errorf("the member reads %+v", o)
	}
	h.allRight(h.AnswerJob(h.ctx(), h.member, offer, jobs.JobYes, ""))
	if o := h.jobIs(offer, h.client, jobs.JobAsked); o.CoachSaid != "" || o.MemberSaid != "" {
		t.Errorf("the client reads %+v", o)
	}
	h.allRight(h.AdviseJob(h.ctx(), h.coach, h.member.Member, offer, jobs.JobYes, ""))
	h.jobIs(offer, h.client, jobs.JobTaken)
	for who, err := range map[string]error{"member": h.AnswerJob(h.ctx(), h.member, offer, jobs.JobNo, ""),
		"coach": h.AdviseJob(h.ctx(), h.coach, h.member.Member, offer, jobs.JobNo, ""), "client": h.WithdrawJob(h.ctx(), h.client, offer)} {
		if !errors.Is(err, jobs.ErrJobMoved) {
			t.Errorf("the %s after the end: %v", who, err)
		}
	}
	if state := h.number(`SELECT count(*) FROM members.member WHERE id = $1 AND state <> 'alumni'`, h.member.Member); state != 1 {
		t.Error("the membership ended by itself")
	}
}

// TestJobWithoutACoach: the member decides alone, also when the coach's key ended.
func TestJobWithoutACoach(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	offer := h.offersJob(e)
	if err := h.AskCoachFirst(h.ctx(), h.member, offer); !errors.Is(err, jobs.ErrNoReader) {
		t.Errorf("a coach who is not there is asked: %v", err)
	}
	if _, err := h.OfferJob(h.ctx(), h.client, e, h.job()); !errors.Is(err, jobs.ErrJobThere) {
		t.Errorf("a second offer: %v", err)
	}
	h.allRight(h.AnswerJob(h.ctx(), h.member, offer, jobs.JobYes, ""))
	h.jobIs(offer, h.member, jobs.JobTaken)

	h.letsRead(members.ProgressScope)
	second := h.offersJob(e)
	h.allRight(h.AnswerJob(h.ctx(), h.member, second, jobs.JobYes, "Graag."))
	h.jobIs(second, h.member, jobs.JobWithCoach)
	h.allRight(h.people.RevokeAll(h.ctx(), h.member, h.coach.Role))
	var refused *members.NotGranted
	if err := h.AdviseJob(h.ctx(), h.coach, h.member.Member, second, jobs.JobNo, ""); !errors.As(err, &refused) {
		t.Errorf("without the key: %v", err)
	}
	if o := h.jobIs(second, h.member, jobs.JobWithCoach); !o.Alone() || o.Reason != "Graag." {
		t.Errorf("the member reads %+v", o)
	}
	h.allRight(h.AnswerJob(h.ctx(), h.member, second, jobs.JobYes, ""))
	h.jobIs(second, h.member, jobs.JobTaken)
	counted, err := h.JobsTaken(h.ctx(), h.coordinator)
	if err != nil || len(counted) != 1 || counted[0] != (jobs.JobsTaken{Year: 2026, Few: true}) {
		t.Errorf("two are counted as %+v, %v", counted, err)
	}
}

// TestJobEnds: withdrawn, declined for no reason, or over after thirty days; both
// are told.
func TestJobEnds(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	first := h.offersJob(e)
	h.allRight(h.WithdrawJob(h.ctx(), h.client, first))
	h.jobIs(first, h.member, jobs.JobWithdrawn)
	second := h.offersJob(e)
	h.allRight(h.AnswerJob(h.ctx(), h.member, second, jobs.JobNo, ""))
	h.jobIs(second, h.client, jobs.JobDeclined)
	third := h.offersJob(e)
	over := func() {
		h.tx(func(tx pgx.Tx) error {
			return h.JobOfferOverTx(h.ctx(), tx, jobs.JobOfferOver{Job: third, Cooperative: h.client.Cooperative})
		})
	}
	over()
	o := h.jobIs(third, h.member, jobs.JobAsked)
	h.now = o.Due
	over()
	h.jobIs(third, h.member, jobs.JobExpired)
	for to, name := range map[members.RoleKind]string{members.RoleMember: "anna", members.RoleClient: "piet"} {
		told := jobs.JobTold{Job: third, Cooperative: h.client.Cooperative, State: jobs.JobExpired, To: to}
		if _, people, err := h.ToldJob(h.ctx(), told); err != nil || len(people) != 1 || people[0].Name != name {
			t.Errorf("%v hear, %v; want %s", people, err, name)
		}
		if n := h.number(`SELECT count(*) FROM tasks.task WHERE kind = 'jobs.job_told' AND payload ->> 'State' = 'expired' AND payload ->> 'To' = $1`, string(to)); n != 1 {
			t.Errorf("%d tasks tell the %s", n, to)
		}
	}
}

// TestJobsOfOthers: nobody else reads, answers, advises or withdraws one.
func TestJobsOfOthers(t *testing.T) {
	h := newHouse(t)
	h.letsRead(members.ProgressScope)
	e := h.agreedWork()
	offer := h.offersJob(e)
	h.allRight(h.AskCoachFirst(h.ctx(), h.member, offer))
	for name, by := range map[string]members.Actor{"another client": h.rival, "the office": h.coordinator, "elsewhere": h.otherOffices, "nobody": {}} {
		_, read := h.JobOffer(h.ctx(), by, offer)
		_, offered := h.OfferJob(h.ctx(), by, e, h.job())
		for what, err := range map[string]error{"reads": read, "offers": offered, "answers": h.AnswerJob(h.ctx(), by, offer, jobs.JobYes, ""),
			"asks": h.AskCoachFirst(h.ctx(), by, offer), "advises": h.AdviseJob(h.ctx(), by, h.member.Member, offer, jobs.JobYes, ""), "withdraws": h.WithdrawJob(h.ctx(), by, offer)} {
			if !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%s %s: %v", name, what, err)
			}
		}
	}
	other := h.role("ria", members.NewRole{Cooperative: h.coordinator.Cooperative, Kind: members.RoleCoach})
	if err := h.AdviseJob(h.ctx(), other, h.member.Member, offer, jobs.JobYes, ""); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a coach of others: %v", err)
	}
	if err := h.AdviseJob(h.ctx(), h.coach, h.member.Member, id.New[jobs.JobOffer](nil), jobs.JobYes, ""); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("no such offer: %v", err)
	}
	helped := h.member
	helped.Helper = members.Helper{Role: h.coach.Role, Person: h.coach.Person}
	if err := h.AnswerJob(h.ctx(), helped, offer, jobs.JobYes, ""); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("who acts for the member: %v", err)
	}
}

func TestJobThatCannotBe(t *testing.T) {
	h := newHouse(t)
	e := h.agreedWork()
	today := members.DayOf(h.now)
	for name, tt := range map[string]struct {
		change func(*jobs.NewJobOffer)
		field  string
	}{
		"no title":       {func(n *jobs.NewJobOffer) { n.Title = " " }, "title"},
		"a long title":   {func(n *jobs.NewJobOffer) { n.Title = strings.Repeat("é", 81) }, "title"},
		"no hours":       {func(n *jobs.NewJobOffer) { n.Hours = 0 }, "hours"},
		"too many hours": {func(n *jobs.NewJobOffer) { n.Hours = 41 }, "hours"},
		"no day":         {func(n *jobs.NewJobOffer) { n.Starts = "2026-02-30" }, "starts"},
		"yesterday":      {func(n *jobs.NewJobOffer) { n.Starts = today.AddDays(-1) }, "starts"},
		"in two years":   {func(n *jobs.NewJobOffer) { n.Starts = today.AddMonths(24) }, "starts"},
		"no words":       {func(n *jobs.NewJobOffer) { n.Words = "" }, "words"},
		"many words":     {func(n *jobs.NewJobOffer) { n.Words = strings.Repeat("é", 501) }, "words"},
		"unreadable":     {func(n *jobs.NewJobOffer) { n.Words = "\xff" }, "words"},
	} {
		n := h.job()
		tt.change(&n)
		var problems check.Problems
		if _, err := h.OfferJob(h.ctx(), h.client, e, n); !errors.As(err, &problems) || !problems.At(tt.field) {
			t.Errorf("%s: %v, want a problem at %s", name, err, tt.field)
		}
	}
	offer := h.offersJob(e)
	for name, err := range map[string]error{
		"say":    h.AnswerJob(h.ctx(), h.member, offer, "perhaps", ""),
		"reason": h.AnswerJob(h.ctx(), h.member, offer, jobs.JobNo, strings.Repeat("a", 301)),
		"words":  h.AdviseJob(h.ctx(), h.coach, h.member.Member, offer, jobs.JobNo, strings.Repeat("a", 501)),
	} {
		var problems check.Problems
		if !errors.As(err, &problems) || !problems.At(name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWhoIsGoneIsAskedNoMore: what clients asked ends with the membership, both
// sides are told, and who is back by then keeps it.
func TestWhoIsGoneIsAskedNoMore(t *testing.T) {
	for _, tt := range []struct {
		yes  bool
		want jobs.FavouriteState
	}{{false, jobs.FavouriteExpired}, {true, jobs.FavouriteEnded}} {
		h := newHouse(t)
		e := h.agreedWork()
		h.allRight(h.AskFavourite(h.ctx(), h.client, e))
		f, is := h.favourite(h.client, jobs.FavouriteAsked), jobs.FavouriteAsked
		if tt.yes {
			h.allRight(h.AnswerFavourite(h.ctx(), h.member, f.ID, true))
			is = jobs.FavouriteOn
		}
		job := h.offersJob(e)
		ends := func() {
			h.tx(func(tx pgx.Tx) error {
				return h.MembershipEndedTx(h.ctx(), tx, members.MembershipEnded{Cooperative: h.client.Cooperative, Member: h.member.Member})
			})
		}
		ends() // who is here
		h.favourite(h.client, is)
		h.jobIs(job, h.client, jobs.JobAsked)
		h.allRight(h.people.MoveMember(h.ctx(), h.coordinator, h.member.Member, members.Alumni, "Zij verhuist."))
		h.tx(func(tx pgx.Tx) error {
			return h.MembershipEndedTx(h.ctx(), tx, members.MembershipEnded{Cooperative: h.otherOffices.Cooperative, Member: h.member.Member})
		})
		h.favourite(h.client, is)
		ends()
		ends()
		h.favourite(h.client, tt.want)
		h.jobIs(job, h.client, jobs.JobExpired)
		for to, name := range map[members.RoleKind]string{members.RoleMember: "anna", "": "piet"} {
			told := jobs.FavouriteTold{Favourite: f.ID, Cooperative: h.client.Cooperative, State: tt.want, To: to}
			if _, _, people, err := h.ToldFavourite(h.ctx(), told); err != nil || len(people) != 1 || people[0].Name != name {
				t.Errorf("%v hear, %v; want %s", people, err, name)
			}
			const tasks = `SELECT count(*) FROM tasks.task WHERE kind = 'jobs.favourite_told' AND payload ->> 'State' = $1 AND coalesce(payload ->> 'To', '') = $2`
			if n := h.number(tasks, string(tt.want), string(to)); n != 1 {
				t.Errorf("%d tasks tell %s that it is %s", n, name, tt.want)
			}
		}
		if n := h.number(`SELECT count(*) FROM tasks.task WHERE kind = 'jobs.job_told' AND payload ->> 'State' = 'expired'`); n != 2 {
			t.Errorf("%d are told that the job is over, want both", n)
		}
	}
}
