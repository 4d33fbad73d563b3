package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// sharing is who may see what of a member, and who looked.
type sharing struct {
	coach  coaching.Coach // whom the form is about
	helper coaching.Helper
	others []coaching.Helper // to whom keys can be given, too: who stands in, or the coach
	grants []members.Grant
	reads  []members.Read
	blocks []members.Block
	older  bool // there are more reads
	later  bool // these are not the newest
}

// showSharing handles GET /sharing.
func showSharing(r *request) error {
	s, err := r.sharing(r.Query("to"))
	if err != nil {
		return err
	}
	f := r.emptyForm()
	last := members.DayOf(r.web.Now()).AddMonths(members.UsualGrantMonths)
	if s.helper.StandIn {
		last = min(last, s.helper.Until)
	}
	f.setDay("until", last)
	f.set("coach", s.coach.Role.String())
	return r.sharingPage(http.StatusOK, s, f)
}

// giveGrant handles POST /sharing: the coach may read several things until a day.
func giveGrant(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	coach, err := id.Parse[members.Role](f.text("coach"))
	if err != nil {
		return errForm // nobody types it
	}
	n := members.NewGrant{Grantee: coach}
	for _, scope := range f.values["scopes"] {
		n.Scopes = append(n.Scopes, members.Scope(scope))
	}
	// A day that could not be read is refused by the domain too: so all problems
	// are found at once, and nothing is written while there is one.
	n.Until, _ = f.day("until")
	if err := f.wrong(r.web.Coaching.Grant(r.Request.Context(), r.actor, n)); err != nil {
		return err
	}
	if !f.bad() {
		r.flash("sharing.given")
		return r.to("/sharing")
	}
	return r.giveAgain(f)
}

// giveAgain shows the form with what is wrong; another coach than the one of the
// form is a thing to look at anew.
func (r *request) giveAgain(f *form) error {
	s, err := r.sharing(f.text("coach"))
	if err != nil {
		return err
	}
	f.set("coach", s.coach.Role.String())
	f.move("coach", "scopes")
	return r.sharingPage(http.StatusUnprocessableEntity, s, f)
}

// stopGrant handles POST /sharing/:grant/stop.
func stopGrant(r *request) error {
	grant, err := id.Parse[members.Grant](r.Param("grant"))
	if err != nil {
		return err
	}
	if err := r.web.Members.Revoke(r.Request.Context(), r.actor, grant); err != nil {
		return err
	}
	r.flash("sharing.stopped")
	return r.to("/sharing")
}

// stopPerson handles POST /sharing/person/:role/stop: all that one person may do.
func stopPerson(r *request) error {
	role, err := id.Parse[members.Role](r.Param("role"))
	if err != nil {
		return err
	}
	if err := r.web.Members.RevokeAll(r.Request.Context(), r.actor, role); err != nil {
		return err
	}
	r.flash("sharing.stopped")
	return r.to("/sharing")
}

// sharing reads all of it; the log from before the hour of the address on. to is
// the role that the form is about: the coach's, unless it is of who stands in.
func (r *request) sharing(to string) (s sharing, err error) {
	ctx := r.Request.Context()
	helpers, err := r.web.Coaching.Helpers(ctx, r.actor)
	if err != nil {
		return s, err
	}
	s.choose(helpers, to)
	if s.grants, err = r.web.Members.Grants(ctx, r.actor); err != nil {
		return s, err
	}
	if s.blocks, err = r.web.Members.Blocks(ctx, r.actor); err != nil {
		return s, err
	}
	var before time.Time
	if hour, err := strconv.ParseInt(r.Query("before"), 10, 40); err == nil && hour > 0 {
		before, s.later = time.Unix(hour, 0), true
	}
	s.reads, s.older, err = r.web.Members.Reads(ctx, r.actor, before)
	return s, err
}

// choose takes one for the form; the others are a link each.
func (s *sharing) choose(helpers []coaching.Helper, to string) {
	if len(helpers) == 0 {
		return
	}
	at := max(0, slices.IndexFunc(helpers, func(h coaching.Helper) bool { return h.Role.String() == to }))
	s.helper, s.coach = helpers[at], helpers[at].Coach
	s.others = slices.DeleteFunc(helpers, func(h coaching.Helper) bool { return h.Role == s.coach.Role })
}

// helperLine says who somebody else is to whom keys can be given.
func (r *request) helperLine(h coaching.Helper) string {
	if !h.StandIn {
		return r.t("sharing.to_coach", "Name", h.Name)
	}
	return r.t("sharing.to_stand_in", "Name", h.Name, "When", r.standInWhen(h.From, h.Until))
}

func (r *request) sharingPage(status int, s sharing, f *form) error {
	return r.page(status, r.t("sharing.title"), sharingBody(r, s, f))
}

// byGrantee puts the grants of one person together; they come in that order.
func (s sharing) byGrantee() (groups [][]members.Grant) {
	for i, g := range s.grants {
		if i == 0 || g.Grantee != s.grants[i-1].Grantee {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], g)
	}
	return groups
}

// scopeWord names a scope: "Mijn uren" to the member, "uren" elsewhere.
func (r *request) scopeWord(voice string, scope members.Scope) string {
	return r.words.With("sharing."+voice+"."+strings.NewReplacer(" ", "_", "-", "_").Replace(string(scope)), nil)
}

// scopeChoices are what a coach can be let see or do.
func (r *request) scopeChoices(f *form) (choices []ui.Choice) {
	for _, scope := range coaching.Grantable() {
		choices = append(choices, ui.Choice{Value: string(scope), Text: r.scopeWord("own", scope), Hint: r.scopeWord("hint", scope),
			Chosen: slices.Contains(f.values["scopes"], string(scope))})
	}
	return choices
}

// readWhen says in which hour somebody looked.
func (r *request) readWhen(read members.Read) string {
	return r.t("sharing.when", "Day", r.words.LongDate(read.Hour), "Time", r.words.Span(read.Hour, read.Hour.Add(time.Hour)))
}

// olderReads leads to the part of the log before the last line shown.
func (s sharing) olderReads(text string) *ui.Link {
	if !s.older {
		return nil
	}
	hour := s.reads[len(s.reads)-1].Hour.Unix()
	return &ui.Link{Text: text, Path: "/sharing?before=" + strconv.FormatInt(hour, 10) + "#log"}
}

// newestReads leads back to the beginning.
func (s sharing) newestReads(text string) *ui.Link {
	if !s.later {
		return nil
	}
	return &ui.Link{Text: text, Path: "/sharing#log"}
}
