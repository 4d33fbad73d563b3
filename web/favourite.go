package web

import (
	"net/http"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// favourites handles GET /favourites: to a client whom they may ask first, to a
// member which clients want that.
func favourites(r *request) error {
	list, err := r.web.Jobs.Favourites(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("favourite.title"), favouritesBody(r, list))
}

// askFavourite handles POST /engagements/:engagement/favourite.
func askFavourite(r *request) error {
	if err := r.web.Jobs.AskFavourite(r.Request.Context(), r.actor, r.work.ID); err != nil {
		return err
	}
	r.flash("favourite.asked")
	return r.to("/favourites")
}

// wantFavourite handles POST /favourites/:favourite/yes.
func wantFavourite(r *request) error {
	return r.moveFavourite("favourite.wanted", func(f jobs.FavouriteID) error {
		return r.web.Jobs.AnswerFavourite(r.Request.Context(), r.actor, f, true)
	})
}

// refuseFavourite handles POST /favourites/:favourite/no.
func refuseFavourite(r *request) error {
	return r.moveFavourite("favourite.not_wanted", func(f jobs.FavouriteID) error {
		return r.web.Jobs.AnswerFavourite(r.Request.Context(), r.actor, f, false)
	})
}

// endFavourite handles POST /favourites/:favourite/end.
func endFavourite(r *request) error {
	return r.moveFavourite("favourite.ended", func(f jobs.FavouriteID) error {
		return r.web.Jobs.EndFavourite(r.Request.Context(), r.actor, f)
	})
}

func (r *request) moveFavourite(said string, move func(jobs.FavouriteID) error) error {
	f, err := id.Parse[jobs.Favourite](r.Param("favourite"))
	if err != nil {
		return err
	}
	if err := move(f); err != nil {
		return err
	}
	r.flash(said)
	return r.to("/favourites")
}

func (r *request) favouriteState(f jobs.Favourite) string {
	return r.words.With("favourite.state."+string(r.actor.Kind)+"_"+string(f.State), map[string]any{"Day": r.words.LongDate(f.Until())})
}

// favouriteWaits reports whether it waits for this reader: the member answers.
func (r *request) favouriteWaits(f jobs.Favourite) bool {
	return r.actor.Kind == members.RoleMember && f.State == jobs.FavouriteAsked
}

func (r *request) favouriteTone(f jobs.Favourite) ui.Tone {
	switch {
	case f.State == jobs.FavouriteOn:
		return ui.Good
	case r.favouriteWaits(f):
		return ui.Waits
	default:
		return ui.Neutral
	}
}

// favouriteName is the other of the two.
func (r *request) favouriteName(f jobs.Favourite) string {
	if r.actor.Kind == members.RoleClient {
		return f.MemberName
	}
	return f.ClientName
}
