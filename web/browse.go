package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// longestSearch is how many characters of a search text are read.
const longestSearch = 100

// browse is a list of open gigs, and what was looked for.
type browse struct {
	wish   jobs.Wish
	found  jobs.Found
	groups []jobs.SkillGroup
}

// browseGigs shows the open gigs that fit what the address asks: ?q= words,
// ?kind= a group of skills, ?km= how far, ?page=.
func (r *request) browseGigs() error {
	number, err := pageNumber(r.Query("page"))
	if err != nil {
		return err
	}
	groups, err := r.web.Jobs.SkillGroups(r.Request.Context())
	if err != nil {
		return err
	}
	b := browse{wish: r.wish(groups), groups: groups}
	b.wish.Page = number
	b.found, err = r.web.Jobs.Browse(r.Request.Context(), r.web.Index, r.actor, b.wish)
	if err != nil {
		return err
	}
	if number > b.found.Pages() {
		return members.ErrNotFound
	}
	if b.found.Plain {
		r.web.Log.Warn("browse index", "says", "no answer in time; Postgres answered", "id", requestID(r.Request.Context()))
	}
	return r.page(http.StatusOK, r.t("nav.gigs"), gigsBody(r, b))
}

// wish reads what somebody looks for. What is not a choice does not limit.
func (r *request) wish(groups []jobs.SkillGroup) jobs.Wish {
	w := jobs.Wish{Text: searchText(r.Query("q"))}
	kind := r.Query("kind")
	if slices.ContainsFunc(groups, func(g jobs.SkillGroup) bool { return g.Code == kind }) {
		w.Groups = []string{kind}
	}
	if km, err := strconv.Atoi(r.Query("km")); err == nil && slices.Contains(distances(), km) && r.actor.Kind == members.RoleMember {
		w.Metres = 1000 * km
	}
	return w
}

// distances are the choices, in kilometres.
func distances() []int { return []int{2, 5, 10, 20, 40} }

// searchText makes what was typed fit to be looked for and shown again.
func searchText(typed string) string {
	text := []rune(strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(typed, " ")))
	return strings.TrimSpace(string(text[:min(len(text), longestSearch)]))
}

// limited reports whether more than words was chosen.
func (b browse) limited() bool { return len(b.wish.Groups) > 0 || b.wish.Metres > 0 }

// path is the address of a page of the same list.
func (b browse) path(number int) string {
	values := url.Values{}
	for name, value := range map[string]string{"q": b.wish.Text, "kind": b.kind(), "km": b.kilometres()} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if number > 1 {
		values.Set("page", strconv.Itoa(number))
	}
	if len(values) == 0 {
		return "/gigs"
	}
	return "/gigs?" + values.Encode()
}

func (b browse) kind() string {
	if len(b.wish.Groups) == 0 {
		return ""
	}
	return b.wish.Groups[0]
}

func (b browse) kilometres() string {
	if b.wish.Metres <= 0 {
		return ""
	}
	return strconv.Itoa(b.wish.Metres / 1000)
}

func (r *request) kindChoices(groups []jobs.SkillGroup) []ui.Choice {
	choices := []ui.Choice{{Text: r.t("browse.any_kind")}}
	for _, g := range groups {
		choices = append(choices, ui.Choice{Value: g.Code, Text: g.Label(r.words.Locale)})
	}
	return choices
}

func (r *request) distanceChoices() []ui.Choice {
	choices := []ui.Choice{{Text: r.t("browse.any_distance")}}
	for _, km := range distances() {
		choices = append(choices, ui.Choice{Value: strconv.Itoa(km), Text: r.words.Distance(1000 * km)})
	}
	return choices
}
