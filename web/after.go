package web

import (
	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// afterWork is what comes after the work, as a first page shows it.
type afterWork struct {
	works      []jobs.AgreedWork
	favourites []jobs.Favourite
	offers     []jobs.JobOffer
	refusals   []members.ClientRefusal
}

// afterWork reads it for a member and for a client; for who acts for a member there
// is none.
func (r *request) afterWork() (a afterWork, err error) {
	ctx := r.Request.Context()
	if r.actor.Helped() {
		return a, nil
	}
	if a.works, err = r.web.Jobs.AgreedWorks(ctx, r.actor); err != nil {
		return a, err
	}
	if a.favourites, err = r.web.Jobs.Favourites(ctx, r.actor); err != nil {
		return a, err
	}
	if a.offers, err = r.web.Jobs.JobOffers(ctx, r.actor); err != nil {
		return a, err
	}
	a.refusals, err = r.web.Members.ClientRefusals(ctx, r.actor)
	return a, err
}

// afterLinks lead to what there is, what waits for the reader first.
func (r *request) afterLinks(a afterWork) (links []ui.Link) {
	offers, favourites := 0, 0
	for _, o := range a.offers {
		if o.State.Live() {
			offers++
		}
	}
	for _, f := range a.favourites {
		if f.State == jobs.FavouriteAsked {
			favourites++
		}
	}
	add := func(is bool, text, path string, icon ui.Icon) {
		if is {
			links = append(links, ui.Link{Text: text, Path: path, Icon: icon})
		}
	}
	add(offers > 0, r.words.N("after."+r.side()+"jobs", offers), "/jobs", ui.IconGig)
	add(offers == 0 && len(a.offers) > 0, r.jobsTitle(), "/jobs", ui.IconGig)
	add(favourites > 0, r.words.N("after."+r.side()+"favourites", favourites), "/favourites", ui.IconHand)
	add(favourites == 0 && len(a.favourites) > 0, r.t("favourite.title"), "/favourites", ui.IconHand)
	add(len(a.works) > 0, r.t("feedback.list"), "/feedback", ui.IconPen)
	add(len(a.refusals) > 0, r.refusalsTitle(), "/refusals", ui.IconInfo)
	return links
}
