package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// managesClient admits the managers of a client that is approved.
func (r *request) managesClient() error {
	switch {
	case r.actor.ClientState != members.ClientApproved:
		return members.ErrNotApproved
	case r.actor.Duty != members.Manager:
		return errForbidden
	}
	return nil
}

// showColleagues handles GET /client/people.
func showColleagues(r *request) error {
	f := r.emptyForm()
	f.set("duty", string(members.PlainContact))
	return r.colleaguesPage(http.StatusOK, f)
}

func (r *request) colleaguesPage(status int, f *form) error {
	people, invited, err := r.web.Members.Colleagues(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(status, r.t("people.title"), colleaguesBody(r, people, invited, f))
}

// inviteColleague handles POST /client/people.
func inviteColleague(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	n := members.NewColleagueInvitation{Name: f.text("person"), Email: f.text("email"), Duty: members.Duty(f.text("duty")), Locale: r.words.Locale}
	if err := f.wrong(r.web.Members.InviteColleague(r.Request.Context(), r.actor, n)); err != nil {
		return err
	}
	if f.bad() {
		return r.colleaguesPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("people.invited")
	return r.to("/client/people")
}

// removeColleague handles POST /client/people/:role/stop.
func removeColleague(r *request) error {
	role, err := id.Parse[members.Role](r.Param("role"))
	if err != nil {
		return err
	}
	if err := r.web.Members.EndContact(r.Request.Context(), r.actor, role); err != nil {
		return err
	}
	r.flash("people.removed")
	if role == r.actor.Role {
		return r.to("/home")
	}
	return r.to("/client/people")
}

// uninviteColleague handles POST /client/invitations/:invitation/stop.
func uninviteColleague(r *request) error {
	invitation, err := id.Parse[members.ColleagueInvitation](r.Param("invitation"))
	if err != nil {
		return err
	}
	if err := r.web.Members.UninviteColleague(r.Request.Context(), r.actor, invitation); err != nil {
		return err
	}
	r.flash("people.uninvited")
	return r.to("/client/people")
}

func (r *request) dutyWord(d members.Duty) string {
	return r.words.With("people.duty."+string(d), nil)
}

func (r *request) duties() (choices []ui.Choice) {
	for _, duty := range []members.Duty{members.PlainContact, members.Manager} {
		choices = append(choices, ui.Choice{Value: string(duty), Text: r.dutyWord(duty), Hint: r.words.With("people.duty_hint."+string(duty), nil)})
	}
	return choices
}
