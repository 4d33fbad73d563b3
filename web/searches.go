package web

import (
	"net/http"
	"strings"

	"meent/internal/id"
	"meent/jobs"
)

// keepSearch handles POST /searches: keeps what a list of open gigs was asked,
// under the names of its address; mail=1 also
// switches the mail on.
func keepSearch(r *request) error {
	ctx := r.Request.Context()
	f, err := r.form()
	if err != nil {
		return err
	}
	groups, err := r.web.Jobs.SkillGroups(ctx)
	if err != nil {
		return err
	}
	if _, err := r.web.Jobs.SaveSearch(ctx, r.actor, r.sought(f.values, groups).saved()); err != nil {
		return err
	}
	if f.text("mail") == "1" {
		if err := r.web.Jobs.MailSearches(ctx, r.actor, true); err != nil {
			return err
		}
		r.flash("searches.saved_mail")
		return r.to("/searches")
	}
	r.flash("searches.saved")
	return r.to("/searches")
}

// saved is what is kept of it.
func (s sought) saved() jobs.Saved { return jobs.Saved{Wish: s.wish, CanDo: s.can} }

// searches handles GET /searches: what the member looks for, in words.
func searches(r *request) error {
	ctx := r.Request.Context()
	found, err := r.web.Jobs.Searches(ctx, r.actor)
	if err != nil {
		return err
	}
	b := browse{}
	if b.groups, err = r.web.Jobs.SkillGroups(ctx); err != nil {
		return err
	}
	profile, err := r.web.Members.Profile(ctx, r.actor)
	if err != nil {
		return err
	}
	b.travel = profile.Travel
	return r.page(http.StatusOK, r.t("searches.title"), searchesBody(r, found, b))
}

// removeSearch handles POST /searches/:search/remove.
func removeSearch(r *request) error {
	search, err := id.Parse[jobs.Saved](r.Param("search"))
	if err != nil {
		return err
	}
	if err := r.web.Jobs.RemoveSearch(r.Request.Context(), r.actor, search); err != nil {
		return err
	}
	r.flash("searches.removed")
	return r.to("/searches")
}

// mailSearches handles POST /searches/mail: on=1 switches the mail on.
func mailSearches(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	on, said := f.text("on") == "1", "searches.mail_stopped"
	if on {
		said = "searches.mail_begun"
	}
	if err := r.web.Jobs.MailSearches(r.Request.Context(), r.actor, on); err != nil {
		return err
	}
	r.flash(said)
	return r.to("/searches")
}

// listOf is the list that the search asks for; b knows the words.
func (b browse) listOf(s jobs.Saved) browse {
	b.sought = sought{wish: s.Wish, member: true, can: s.CanDo}
	return b
}

// searchParts say what a search looks for: what was typed, and each choice as the
// list says it; one at least.
func (r *request) searchParts(b browse) (parts []string) {
	if b.wish.Text != "" {
		parts = append(parts, "“"+b.wish.Text+"”")
	}
	for _, chip := range r.chips(b) {
		parts = append(parts, chip.Text)
	}
	switch {
	case len(parts) > 0:
		return parts
	case b.can:
		return []string{r.t("browse.can")}
	default:
		return []string{r.t("browse.all")}
	}
}

// searchFields are what a form keeps of a list: names and values.
func (b browse) searchFields() (fields [][2]string) {
	for _, name := range []string{"q", "kind", "km", "load", "day", "part", "pay", "support", "others", "can", "sort"} {
		for _, value := range b.values()[name] {
			fields = append(fields, [2]string{name, value})
		}
	}
	return fields
}

// searchWhich says whether it is about all work.
func (r *request) searchWhich(s jobs.Saved) string {
	if s.CanDo {
		return r.t("searches.can")
	}
	return r.t("searches.any")
}

func (r *request) searchRemove(s jobs.Saved, b browse) string {
	if s.Gone {
		return r.t("searches.remove")
	}
	return r.t("searches.remove_named", "Search", strings.Join(r.searchParts(b), ", "))
}

// saveWhy says what comes of keeping a search.
func (r *request) saveWhy(b browse) string {
	switch {
	case !b.searches.Mail && b.found.Total == 0:
		return r.t("searches.tell_why_off")
	case !b.searches.Mail:
		return r.t("searches.save_why_off")
	case b.found.Total == 0:
		return r.t("searches.tell_why")
	default:
		return r.t("searches.save_why")
	}
}
