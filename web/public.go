package web

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// Bounds on how often one network may look at what is public: each look at a gig
// asks Postgres whether it is still open.
var (
	publicOfNetwork  = limit{"looks at public work of network", 300, time.Minute}
	sitemapOfNetwork = limit{"site maps of network", 30, time.Minute} // search engines ask for one now and then
)

// publicView is a gig as everybody may read it.
type publicView struct {
	jobs.PublicGig
	shifts []jobs.PublicShift
	skills []members.Skill
	over   bool // it was shown once, and is not any more
}

// showsWork finds the cooperative of the path, while it shows its work.
func (r *request) showsWork() error {
	if err := r.limit(publicOfNetwork, r.network()); err != nil {
		return err
	}
	c, err := id.Parse[struct{}](r.Param("cooperative"))
	if err != nil {
		return err
	}
	r.house, err = r.web.Members.FindPublic(r.Request.Context(), id.Cooperative(c))
	return err
}

// isPublicGig finds the gig of the path, also where it is over.
func (r *request) isPublicGig() error {
	if err := r.showsWork(); err != nil {
		return err
	}
	gig, err := id.Parse[jobs.Gig](r.Param("gig"))
	if err != nil {
		return err
	}
	v := &r.public
	v.PublicGig, v.shifts, v.skills, err = r.web.Jobs.PublicGig(r.Request.Context(), r.house.ID, gig)
	if errors.Is(err, jobs.ErrPublicOver) {
		v.over, err = true, nil
	}
	return err
}

// publicHouses handles GET /open-gigs: the cooperatives that show their work, or the one.
// They stand under their id: a cooperative may take another name, and what others
// linked to, or follow, goes on.
func publicHouses(r *request) error {
	if err := r.limit(publicOfNetwork, r.network()); err != nil {
		return err
	}
	list, err := r.web.Members.ListPublic(r.Request.Context())
	switch {
	case err != nil:
		return err
	case len(list) == 0:
		return members.ErrNotFound
	case len(list) == 1:
		return r.to(openGigsPath(list[0].ID))
	}
	r.head = publicHead(r, publicMeta{title: r.t("public.choose"), about: r.t("public.choose_lead"), path: "/open-gigs"})
	return r.publicPage(r.t("public.choose"), publicHousesBody(r, list))
}

// publicGigs handles GET /open-gigs/:cooperative.
func publicGigs(r *request) error {
	number, err := pageNumber(r.Query("page"))
	if err != nil {
		return err
	}
	if err := r.hasPublic(number, jobs.PageSize); err != nil {
		return err
	}
	title := r.t("public.title", "Cooperative", r.house.Name)
	r.head = publicHead(r, publicMeta{title: title, about: r.t("public.lead"), path: pageOf(openGigsPath(r.house.ID), number), feed: true})
	return r.keepingOpenly(htmlType, number, func() ([]byte, error) {
		page, err := r.web.Jobs.PublicGigs(r.Request.Context(), r.house.ID, number)
		if err != nil {
			return nil, err
		}
		return r.publicText(title, publicGigsBody(r, page))
	})
}

// hasPublic returns members.ErrNotFound of a page beyond the last, which is found out
// without reading any.
func (r *request) hasPublic(number, size int) error {
	if number == 1 {
		return nil
	}
	counts, err := r.publicCounts()
	if err == nil && (number-1)*size >= counts[r.house.ID] {
		return members.ErrNotFound
	}
	return err
}

// publicGig handles GET /open-gigs/:cooperative/:gig. What is over answers 410, so that
// search engines forget it.
func publicGig(r *request) error {
	if r.public.over {
		return r.page(http.StatusGone, r.t("public.gone_title"), publicGoneBody(r))
	}
	posting, err := r.jobPosting(r.public)
	if err != nil {
		return err
	}
	r.head = publicHead(r, publicMeta{title: r.public.Title, about: shortened(r.public.Description), path: publicPath(r.house.ID, r.public.ID), feed: true, posting: posting})
	return r.publicPage(r.public.Title, publicGigBody(r, r.public))
}

// openGigsPath is the list of a cooperative, publicPath a gig on it.
func openGigsPath(c id.Cooperative) string { return "/open-gigs/" + c.String() }

func publicPath(c id.Cooperative, gig jobs.GigID) string { return openGigsPath(c) + "/" + gig.String() }

// pageOf is one page of a list; the first has no number.
func pageOf(path string, number int) string {
	if number <= 1 {
		return path
	}
	return path + "?page=" + strconv.Itoa(number)
}

func (r *request) publicPageLink(there bool, number int, key string) *ui.Link {
	if !there {
		return nil
	}
	return &ui.Link{Text: r.words.With(key, nil), Path: pageOf(openGigsPath(r.house.ID), number)}
}

// publicFacts are what one must know of a gig before opening it.
func (r *request) publicFacts(g jobs.PublicGig) []ui.Fact {
	return []ui.Fact{
		{Icon: ui.IconCalendar, Text: r.words.Date(g.Next.Starts)}, {Icon: ui.IconClock, Text: r.words.Span(g.Next.Starts, g.Next.Ends)},
		{Icon: ui.IconPlace, Text: r.publicPlace(g)}, {Icon: ui.IconEuro, Text: r.publicRate(g)},
	}
}

func (r *request) publicPlace(g jobs.PublicGig) string {
	if g.Remote {
		return r.t("meeting.home")
	}
	return g.PlaceName
}

func (r *request) publicRate(g jobs.PublicGig) string {
	if paysNothing(g.Form) {
		return r.t("gigform.trial_short")
	}
	return r.t("gig.rate", "Rate", r.words.Money(g.Rate))
}

func (r *request) publicTerms(g jobs.PublicGig) []ui.Term {
	return []ui.Term{
		{Word: r.t("public.for_whom"), Meaning: r.words.With("client."+string(g.ClientKind), nil)},
		{Word: r.t("gig.place"), Meaning: r.publicPlace(g)},
		{Word: r.t("gig.load"), Meaning: r.gigLoad(g.Load)},
		{Word: r.t("gig.help"), Meaning: r.yesNo(g.SupportOnSite, "gig.help_yes", "gig.help_no")},
		{Word: r.t("gig.together"), Meaning: r.yesNo(g.WithOthers, "gig.together_yes", "gig.together_no")},
	}
}

func (r *request) publicTimes(shifts []jobs.PublicShift) ui.Table {
	t := ui.Table{Caption: r.words.N("gig.shifts", len(shifts)), Heads: []ui.Head{{Text: r.t("gig.day")}, {Text: r.t("gig.time")}, {Text: r.t("gig.break")}}}
	for _, s := range shifts {
		t.Rows = append(t.Rows, []string{r.words.LongDate(s.Starts), r.words.Span(s.Starts, s.Ends), r.breakText(s.Break)})
	}
	return t
}

func (r *request) publicPrice(g jobs.PublicGig) []ui.Line {
	return []ui.Line{
		{Text: r.t("gig.hour"), Amount: r.words.Money(g.Rate)},
		{Text: r.t("gig.first_shift", "Date", r.words.Date(g.Next.Starts)), Amount: r.words.Duration(g.Next.Worked())},
		{Text: r.t("gig.earn"), Amount: r.words.Money(g.Rate.ForTime(g.Next.Worked())), Total: true},
	}
}

// publicList is where the work of the house stands, for who is not signed in; empty
// where no cooperative shows any.
func (r *request) publicList() (path string, err error) {
	list, err := r.web.Members.ListPublic(r.Request.Context())
	if err != nil || len(list) == 0 {
		return "", err
	}
	return "/open-gigs", nil
}
