package web

import (
	"errors"
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/internal/mail"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/web/ui"
)

// devPeople handles GET /dev/people: everybody whom a demo lets one be.
func devPeople(r *request) error {
	everyone, err := r.web.Members.Everyone(r.Request.Context())
	if err != nil {
		return err
	}
	waits, err := r.whatWaits(everyone)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("dev.people"), devPeopleBody(r, everyone, waits))
}

// whatWaits says for each role what there is to do, so that a newcomer finds a
// step of the story at once. It asks much, which a page of the demo may.
func (r *request) whatWaits(everyone []members.PersonRole) (map[members.RoleID][]string, error) {
	waits := map[members.RoleID][]string{}
	for _, one := range everyone {
		if one.Role.Kind == members.RoleCoach {
			continue
		}
		as, err := r.web.Members.Actor(r.Request.Context(), one.Person, one.Role.ID)
		if err == nil {
			waits[one.Role.ID], err = r.waitsFor(as)
		}
		if err != nil {
			return nil, err
		}
	}
	return waits, nil
}

func (r *request) waitsFor(as members.Actor) (waits []string, err error) {
	ctx := r.Request.Context()
	if as.Kind == members.RoleCoordinator {
		n, _, err := r.web.Jobs.DisputesWaiting(ctx, as)
		if n > 0 {
			waits = append(waits, r.t("dev.dispute"))
		}
		return waits, err
	}
	works, err := r.web.Jobs.Works(ctx, as)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(works, func(w jobs.Work) bool { return w.WaitsFor(as.Kind, r.web.Now()) }) {
		waits = append(waits, r.t("dev.hours"))
	}
	if as.Kind == members.RoleMember {
		offers, err := r.web.Matching.Offers(ctx, as)
		if slices.ContainsFunc(offers, func(o matching.Offer) bool { return o.Open(r.web.Now()) }) {
			waits = append(waits, r.t("dev.offer"))
		}
		if err != nil {
			return nil, err
		}
		asked, err := r.askedOf(as)
		return append(waits, asked...), err
	}
	list, err := r.web.Payments.Bills(ctx, as)
	if len(openBills(list, 1)) > 0 {
		waits = append(waits, r.t("dev.bill"))
	}
	return waits, err
}

// askedOf says what clients ask of the member that waits: a job, or to be a favourite.
func (r *request) askedOf(as members.Actor) (waits []string, err error) {
	ctx := r.Request.Context()
	list, err := r.web.Jobs.JobOffers(ctx, as)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(list, func(o jobs.JobOffer) bool { return o.State == jobs.JobAsked }) {
		waits = append(waits, r.t("dev.job"))
	}
	favourites, err := r.web.Jobs.Favourites(ctx, as)
	if slices.ContainsFunc(favourites, func(f jobs.Favourite) bool { return f.State == jobs.FavouriteAsked }) {
		waits = append(waits, r.t("dev.favourite"))
	}
	return waits, err
}

// devSignIn handles POST /dev/signin: be somebody of the demo, at once. Nobody
// shows anything here, no second factor either: the route answers in a demo, to
// this machine alone.
func devSignIn(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	person, err := id.Parse[members.Person](f.text("person"))
	if err != nil {
		return err
	}
	role, err := id.Parse[members.Role](f.text("role"))
	if err != nil {
		return err
	}
	actor, err := r.web.Members.Actor(r.Request.Context(), person, role)
	if err != nil {
		return err
	}
	if err := r.signInAs(person); err != nil {
		return err
	}
	r.setFresh()
	r.setSecond()
	r.actAs(actor.Role)
	return r.to("/home")
}

// devMailbox handles GET /dev/mailbox: mail and text messages that were not sent.
func devMailbox(r *request) error {
	if r.web.Mailbox == nil {
		return members.ErrNotFound
	}
	list, err := r.web.Mailbox.List(r.Request.Context(), 50)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("dev.mailbox"), devMailboxBody(r, list))
}

// devMessage handles GET /dev/mailbox/:message.
func devMessage(r *request) error {
	message, err := id.Parse[mail.Stored](r.Param("message"))
	if err != nil || r.web.Mailbox == nil {
		return members.ErrNotFound
	}
	stored, err := r.web.Mailbox.Get(r.Request.Context(), message)
	if errors.Is(err, mail.ErrNotFound) {
		return members.ErrNotFound
	}
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.storedTitle(stored), devMessageBody(r, stored))
}

// storedTitle is the subject of a mail; a text message has none.
func (r *request) storedTitle(m mail.Stored) string {
	if m.SMS {
		return r.t("dev.text_message")
	}
	return m.Subject
}

// devComponents handles GET /dev/components: every component in every state.
func devComponents(r *request) error {
	return r.page(http.StatusOK, "Components", ui.Gallery())
}
