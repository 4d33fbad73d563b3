package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// shownTo is to whom a member shows their card, and to whom they could.
type shownTo struct {
	list    []coaching.Release
	clients []coaching.ShownClient
	card    members.ShownCard
	coach   coaching.Coach // of the member
}

// showShown handles GET /sharing/clients.
func showShown(r *request) error {
	f := r.emptyForm()
	r.usualUntil(f)
	return r.shownPage(http.StatusOK, f)
}

// usualUntil begins a date with six months ahead.
func (r *request) usualUntil(f *form) {
	f.setDay("until", members.DayOf(r.web.Now()).AddMonths(members.UsualGrantMonths))
}

func (r *request) shownPage(status int, f *form) error {
	ctx := r.Request.Context()
	list, clients, err := r.web.Coaching.ShownTo(ctx, r.actor)
	if err != nil {
		return err
	}
	coach, err := r.web.Coaching.CoachOf(ctx, r.actor)
	if err != nil {
		return err
	}
	profile, err := r.web.Members.Profile(ctx, r.actor)
	if err != nil {
		return err
	}
	card := members.ShownCard{FirstName: members.FirstName(profile.Name), PlaceName: profile.PlaceName, Skills: profile.Skills, Languages: profile.Languages}
	return r.page(status, r.t("shown.title"), shownBody(r, shownTo{list, clients, card, coach}, f))
}

// releaseOf reads what the form of a new release says. A day that could not be
// read is refused by the domain, too: so all problems are found at once.
func (f *form) releaseOf() (n coaching.NewRelease) {
	n.Client, _ = id.Parse[members.Client](f.text("client")) // none: nothing was chosen
	n.Until, _ = f.day("until")
	n.Alone, n.Sentence = f.pressed("alone"), f.text("sentence")
	return n
}

// beginShown handles POST /sharing/clients.
func beginShown(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Coaching.ShowTo(r.Request.Context(), r.actor, f.releaseOf())); err != nil {
		return err
	}
	if f.bad() {
		return r.shownPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("shown.begun")
	return r.to("/sharing/clients")
}

// agreeShown handles POST /sharing/clients/:release/yes: the member's key.
func agreeShown(r *request) error {
	release, err := id.Parse[coaching.Release](r.Param("release"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	field := sayField(release)
	err = r.web.Coaching.AgreeToShow(r.Request.Context(), r.actor, release, f.pressed("alone"), f.text(field))
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		f.move("sentence", field)
		f.move("client", field)
		r.usualUntil(f)
		return r.shownPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("shown.agreed")
	return r.to("/sharing/clients")
}

// sayField names the sentence of one release, among others on the page.
func sayField(release coaching.ReleaseID) string { return "say-" + release.String() }

// stopShown handles POST /sharing/clients/:release/stop.
func stopShown(r *request) error {
	release, err := id.Parse[coaching.Release](r.Param("release"))
	if err != nil {
		return err
	}
	if err := r.web.Coaching.StopShowing(r.Request.Context(), r.actor, release); err != nil {
		return err
	}
	r.flash("shown.stopped")
	return r.to("/sharing/clients")
}

// shownChoices begins with none, so that nobody is shown by a slip.
func (r *request) shownChoices(clients []coaching.ShownClient) []ui.Choice {
	choices := []ui.Choice{{Text: r.t("shown.choose")}}
	for _, c := range clients {
		choices = append(choices, ui.Choice{Value: c.ID.String(), Text: c.Name})
	}
	return choices
}

// releaseWord says how a release stands, to the member or to the coach.
func (r *request) releaseWord(release coaching.Release) string {
	word := string(release.State)
	if release.State == coaching.ReleaseAsked {
		switch {
		case !release.MemberKey:
			word = "waits_member"
		default:
			word = "waits_coach"
		}
	}
	return r.words.With("shown.state."+word, nil)
}

func releaseTone(s coaching.ReleaseState) ui.Tone {
	switch s {
	case coaching.Released:
		return ui.Good
	case coaching.ReleaseAsked:
		return ui.Waits
	default:
		return ui.Neutral
	}
}

// shownProblems lists the fields of the forms on the member's page.
func (s shownTo) fields() []string {
	fields := []string{"client", "until", "sentence"}
	for _, release := range s.list {
		fields = append(fields, sayField(release.ID))
	}
	return fields
}

// saysLanguagesOf are the languages of a card, a line each.
func (r *request) saysLanguagesOf(card members.ShownCard) []string {
	return saysLanguages(r, known{Profile: members.Profile{Languages: card.Languages}})
}
