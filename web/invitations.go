package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// invitations handles GET /invitations.
func invitations(r *request) error {
	f := r.emptyForm()
	f.set("way", "card")
	return r.invitationsPage(http.StatusOK, f)
}

// invite handles POST /invitations.
func invite(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limit(invitesOfPerson, r.actor.Person.String()); err != nil {
		return err
	}
	way := f.text("way")
	if way != "mail" && way != "card" {
		f.problems.Add("way", "not_a_choice", nil)
		return r.invitationsPage(http.StatusUnprocessableEntity, f)
	}
	n := members.NewInvitation{Card: way == "card", Email: f.text("email"), Locale: r.words.Locale, Trial: f.text("trial") != ""}
	if text := f.text("municipality"); text != "" {
		if n.Municipality, err = id.Parse[members.Municipality](text); err != nil {
			return err
		}
	}
	_, err = r.web.Members.Invite(r.Request.Context(), r.actor, n)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.invitationsPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("invitations.made_" + way)
	return r.to("/invitations")
}

// revokeInvitation handles POST /invitations/:invitation/revoke.
func revokeInvitation(r *request) error {
	if err := r.web.Members.RevokeInvitation(r.Request.Context(), r.actor, r.invited.ID); err != nil {
		return err
	}
	r.flash("invitations.revoked")
	return r.to("/invitations")
}

// showTogether handles GET /invitations/:invitation/together.
func showTogether(r *request) error {
	if !r.invited.Card {
		return members.ErrNotFound
	}
	if r.invited.State(r.web.Now()) != members.InvitationOpen {
		return members.ErrInvitationSpent
	}
	return r.togetherPage(http.StatusOK, r.emptyForm())
}

// joinTogether handles POST /invitations/:invitation/together. Whoever is signed
// in stays so.
func joinTogether(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	_, err = r.web.Coaching.JoinTogether(r.Request.Context(), r.actor, r.invited.ID, f.joining())
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.togetherPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("invitations.joined")
	return r.to("/invitations")
}

func (r *request) togetherPage(status int, f *form) error {
	return r.page(status, r.t("join.together"), togetherBody(r, r.invited, f))
}

func (r *request) invitationsPage(status int, f *form) error {
	list, err := r.web.Members.Invitations(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	refer, err := r.web.Members.Municipalities(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(status, r.t("invitations.title"), invitationsBody(r, list, r.referrers(refer), f))
}

// findInvitation finds the invitation of the path, if the actor may handle it.
func (r *request) findInvitation() error {
	i, err := id.Parse[members.Invitation](r.Param("invitation"))
	if err != nil {
		return err
	}
	r.invited, err = r.web.Members.Invitation(r.Request.Context(), r.actor, i)
	return err
}

func invitationPath(i members.Invitation, what string) string {
	return "/invitations/" + i.ID.String() + "/" + what
}

func togetherPath(i members.Invitation) string { return invitationPath(i, "together") }

// invitationName is to whom it went, as far as that is known.
func (r *request) invitationName(i members.Invitation) string {
	switch {
	case i.MemberName != "":
		return i.MemberName
	case i.Card:
		return r.t("invitations.a_card")
	case i.Email == "":
		return r.t("invitations.a_mail")
	}
	return string(i.Email)
}

func (r *request) invitationTone(state members.InvitationState) ui.Tone {
	switch state {
	case members.InvitationOpen:
		return ui.Waits
	case members.InvitationUsed:
		return ui.Good
	}
	return ui.Neutral
}

func (r *request) invitationFacts(i members.Invitation) []ui.Fact {
	facts := []ui.Fact{{Icon: ui.IconPerson, Text: r.t("invitations.by", "Name", i.InviterName)}}
	if i.State(r.web.Now()) == members.InvitationOpen {
		facts = append(facts, ui.Fact{Icon: ui.IconCalendar, Text: r.t("invitations.until", "Moment", r.moment(i.Expires))})
	}
	if i.Begins == members.OnTrial {
		facts = append(facts, ui.Fact{Icon: ui.IconCheck, Text: r.t("invitations.on_trial")})
	}
	if i.ReferredBy != "" {
		facts = append(facts, ui.Fact{Icon: ui.IconInfo, Text: r.t("invitations.by_municipality", "Name", i.ReferredBy)})
	}
	return facts
}
