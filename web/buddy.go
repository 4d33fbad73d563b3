package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// buddyPage is what one of two buddies sees.
type buddyPage struct {
	is       coaching.Buddy
	messages []coaching.BuddyMessage
	path     string
	key      members.Grant // of the agenda; zero: not given
	facts    []coaching.Fact
	titles   map[string]jobs.Title
	shared   bool // the agenda may be read
}

// showBuddy handles GET /buddy: the member's own buddy, or the way to one.
func showBuddy(r *request) error { return r.ownBuddyPage(http.StatusOK, r.emptyForm()) }

// moveOwnBuddy handles POST /buddy: asking, a yes or no, the key of the agenda,
// a message, or the end.
func moveOwnBuddy(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	ctx := r.Request.Context()
	if f.text("do") == "ask" {
		return r.buddyMoved(f, r.web.Coaching.AskBuddy(ctx, r.actor, f.text("email")), "buddy.asked", "/buddy", r.ownBuddyPage)
	}
	is, err := r.web.Coaching.OwnBuddy(ctx, r.actor)
	if err != nil {
		return err
	}
	if f.text("do") == "agenda" {
		n := members.NewGrant{Grantee: is.BuddyRole, Scopes: []members.Scope{members.AgendaScope}, Until: is.Until}
		if err := r.web.Coaching.Grant(ctx, r.actor, n); err != nil {
			return errForm // the form has no fields
		}
		r.flash("buddy.given")
		return r.to("/buddy")
	}
	return r.moveBuddy(f, is, "/buddy", r.ownBuddyPage)
}

// moveBuddy is what both of the two can do.
func (r *request) moveBuddy(f *form, is coaching.Buddy, path string, again func(int, *form) error) error {
	ctx := r.Request.Context()
	switch f.text("do") {
	case "yes", "no":
		return r.buddyMoved(f, r.web.Coaching.AnswerBuddy(ctx, r.actor, is.ID, f.text("do") == "yes"), "buddy.said", path, again)
	case "end":
		return r.buddyMoved(f, r.web.Coaching.EndBuddy(ctx, r.actor, is.ID), "buddy.ended", path, again)
	case "write":
		return r.buddyMoved(f, r.web.Coaching.WriteBuddy(ctx, r.actor, is.ID, f.paragraphs("text")), "buddy.sent", path, again)
	}
	return errForm
}

func (r *request) buddyMoved(f *form, err error, news, path string, again func(int, *form) error) error {
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return again(http.StatusUnprocessableEntity, f)
	}
	r.flash(news)
	return r.to(path)
}

func (r *request) ownBuddyPage(status int, f *form) error {
	ctx := r.Request.Context()
	is, err := r.web.Coaching.OwnBuddy(ctx, r.actor)
	if err != nil {
		return err
	}
	p := buddyPage{is: is, path: "/buddy"}
	if is.State == coaching.BuddyOn {
		if p.messages, err = r.web.Coaching.BuddyMessages(ctx, r.actor, is); err != nil {
			return err
		}
		grants, err := r.web.Members.Grants(ctx, r.actor)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(grants, func(g members.Grant) bool { return g.Grantee == is.BuddyRole }); at >= 0 {
			p.key = grants[at]
		}
	}
	return r.page(status, r.t("buddy.title"), ownBuddyBody(r, p, f))
}

// showBuddies handles GET /buddies: for whom the member is a buddy.
func showBuddies(r *request) error {
	list, err := r.web.Coaching.Buddies(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("buddy.buddies"), buddiesBody(r, list))
}

// findBuddy finds the member of the path among those whose buddy the actor is.
func (r *request) findBuddy() error {
	m, err := id.Parse[members.Member](r.Param("member"))
	if err != nil {
		return err
	}
	r.buddy, err = r.web.Coaching.BuddyFor(r.Request.Context(), r.actor, m)
	return err
}

// showBuddyOf handles GET /buddies/:member: the messages, and the agenda when
// the member lets their buddy. The reading is noted for the member to see.
func showBuddyOf(r *request) error { return r.buddyOfPage(http.StatusOK, r.emptyForm()) }

// moveBuddyOf handles POST /buddies/:member: a yes or no, a message, or the end.
func moveBuddyOf(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	path := "/buddies/" + r.buddy.Member.String()
	if f.text("do") == "no" || f.text("do") == "end" || f.text("do") == "yes" && !r.buddy.MemberYes {
		path = "/buddies"
	}
	return r.moveBuddy(f, r.buddy, path, r.buddyOfPage)
}

func (r *request) buddyOfPage(status int, f *form) (err error) {
	ctx := r.Request.Context()
	p := buddyPage{is: r.buddy, path: "/buddies/" + r.buddy.Member.String()}
	if p.is.State == coaching.BuddyOn {
		if p.messages, err = r.web.Coaching.BuddyMessages(ctx, r.actor, p.is); err != nil {
			return err
		}
		p.facts, _, err = r.web.Coaching.BuddyAgenda(ctx, r.actor, p.is.Member)
		if err != nil && !errors.Is(err, members.ErrNotGranted) {
			return err
		}
		p.shared = err == nil
		r.member.Member = p.is.Member // whose facts these are
		if p.titles, err = r.factTitles(p.facts); err != nil {
			return err
		}
	}
	return r.page(status, r.helpedName(p.is), buddyOfBody(r, p, f))
}

// showProposeBuddy handles GET /caseload/:member/buddy.
func showProposeBuddy(r *request) error { return r.proposeBuddyPage(http.StatusOK, r.emptyForm()) }

// proposeBuddy handles POST /caseload/:member/buddy.
func proposeBuddy(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	buddy, err := id.Parse[members.Member](f.text("buddy"))
	if err != nil {
		f.problems.Add("buddy", "not_a_choice", nil)
		return r.proposeBuddyPage(http.StatusUnprocessableEntity, f)
	}
	err = r.web.Coaching.ProposeBuddy(r.Request.Context(), r.actor, r.member.Member, buddy)
	return r.buddyMoved(f, err, "buddy.proposed_flash", r.timelinePath(), r.proposeBuddyPage)
}

func (r *request) proposeBuddyPage(status int, f *form) error {
	if r.member.StandsIn() {
		return members.ErrNotFound // see ProposeBuddy
	}
	list, err := r.web.Coaching.Follows(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	choices := []ui.Choice{{Text: r.t("buddy.choose")}}
	for _, one := range list {
		if one.Member != r.member.Member {
			choices = append(choices, ui.Choice{Value: one.Member.String(), Text: one.Name})
		}
	}
	return r.page(status, r.t("buddy.propose", "Name", r.member.Name), proposeBuddyBody(r, choices, f))
}

func (r *request) messageLine(m coaching.BuddyMessage) string {
	return r.t("buddy.line", "Name", m.Name, "When", r.words.LongDate(m.At)+", "+r.words.Time(m.At))
}

// helpedName is whom a buddy helps: nobody in particular before the member knows.
func (r *request) helpedName(b coaching.Buddy) string {
	return cmp.Or(b.MemberName, r.t("buddy.somebody"))
}

func (r *request) buddyWants(b coaching.Buddy) string {
	if b.MemberName == "" {
		return r.t("buddy.wants_somebody")
	}
	return r.t("buddy.wants", "Name", b.MemberName)
}
