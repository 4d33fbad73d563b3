package web

import (
	"bytes"
	"net/http"

	"github.com/a-h/templ"
	"github.com/gin-gonic/gin"

	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
	"meent/web/words"
)

// request is one request with what every handler needs: who asks, and the
// words to answer with.
type request struct {
	*gin.Context
	web       *Web
	actor     members.Actor  // zero for a visitor
	roles     []members.Role // all of the person's, when there are several
	half      bool           // signed in, and still to show a second factor
	stoodBack bool           // acting for a member ended with this request
	words     *words.Speaker
	route     string // method and pattern, for logs

	gig       jobs.Gig       // set by the relation seesGig
	work      jobs.Work      // set by the relation isTheirWork
	day       jobs.Day       // of that work; set by its page
	offer     matching.Offer // set by the relation isTheirOffer
	bill      payments.Bill  // set by the relation seesBill, with billLines
	billLines []payments.Line
	bank      payments.Dispute   // set by the relation seesBankDispute
	ask       matching.AskedSeat // set by the relation decidesAsk
	block     members.Block      // set by the relation knowsClient
	member    followedMember     // set by the relation followsThem
	buddy     coaching.Buddy     // set by the relation isTheirBuddy

	client       members.ClientPage   // set by the relation theirClient
	restriction  members.Restriction  // set by the relation isRestricted
	restrictable members.Restrictable // set by the relation theirPerson
	review       members.ReviewPage   // set by the relation seesReview
	reviewed     matching.Review      // set by the relation seesWhy
	decided      members.Decided      // set by the relation isAbout
	someone      members.WayIn        // set by the relation inOwnHouse
	staff        members.Staff        // set by the relation ownStaff
	invited      members.Invitation   // set by the relation ownInvite
	stands       members.Standing     // set by the relation ownMember
	dispute      jobs.DisputedWork    // set by the relation seesDispute

	house  members.PublicCooperative // set by the relation showsWork
	public publicView                // set by the relation isPublicGig
	head   templ.Component           // what a public page has in its head

	ahead []jobs.WorkAhead // of the work on this page; set by a coach's pages
}

// handler answers a request, or returns why not; errors.go answers then.
type handler func(*request) error

// handle makes a Gin handler of a route: who is it, may they, then the page.
func (w *Web) handle(route route) gin.HandlerFunc {
	return func(c *gin.Context) {
		r := &request{Context: c, web: w, route: route.method + " " + route.path, words: w.words.In(w.visitorLocale(c.Request))}
		w.metrics.route(c.Request.Context(), route.path)
		if err := guard(func() error { return r.serve(route) }); err != nil {
			r.fail(err)
		}
	}
}

func (r *request) serve(route route) error {
	if err := r.identify(); err != nil {
		return err
	}
	if err := r.stepIn(route); err != nil {
		return err
	}
	if err := r.admit(route); err != nil {
		return err
	}
	return route.handler(r)
}

// page renders into memory first, so that a page that breaks half-way can still
// become an error page.
func (r *request) page(status int, title string, body templ.Component) error {
	var page bytes.Buffer
	if err := r.layout(title, body).Render(r.Request.Context(), &page); err != nil {
		return err
	}
	r.Data(status, "text/html; charset=utf-8", page.Bytes())
	return nil
}

// to leads to another page after a form.
func (r *request) to(path string) error {
	r.Redirect(http.StatusSeeOther, path)
	return nil
}

// t says the sentence of a key.
func (r *request) t(key string, args ...any) string { return r.words.T(key, args...) }
