package web

import (
	"net/http"

	"meent/payments"
)

// route is one page or form: how it is reached, who may use it, what answers.
//
// A new page is one line below, one handler in a file that is named after its
// path, one .templ beside it, and one line in the tables of routes_test.go and
// axe_test.go. A line without access or relation stops the start.
type route struct {
	method, path string
	access       access
	relation     relation
	handler      handler
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// routes lists all of them; no other file registers any.
func (w *Web) routes() []route {
	return []route{
		{get, "/", anyone, nothingElse, landing},
		{get, "/home", signedIn, oneself, home},

		{get, "/signin", anyone, nothingElse, showSignIn},
		{post, "/signin", anyone, nothingElse, askSignIn},
		{get, "/signin/sent", anyone, nothingElse, showSent},
		{post, "/signin/code", anyone, nothingElse, useCode},
		{get, "/signin/link/:secret", anyone, nothingElse, showLink},
		{post, "/signin/link/:secret", anyone, nothingElse, useLink},
		{post, "/signout", signedIn, oneself, signOut},
		{post, "/signout/everywhere", signedIn, oneself, signOutEverywhere},

		{get, "/account", signedIn, oneself, account},
		{post, "/role", signedIn, oneself, chooseRole},
		{post, "/language", anyone, nothingElse, chooseLanguage},

		{get, "/gigs", anyRole, oneself, gigs},
		{get, "/gigs/new", aPoster, oneself, showNewGig},
		{post, "/gigs/new", aPoster, oneself, postNewGig},
		{get, "/gigs/:gig", anyRole, seesGig, gig},
		{get, "/live/mine", anyRole, oneself, liveMine},
		{post, "/gigs/:gig/shifts/:shift/ask", aMember, seesGig, askForShift},
		{get, "/asks/:ask", aPoster, decidesAsk, showAsk},
		{post, "/asks/:ask/yes", aPoster, decidesAsk, grantAsk},
		{post, "/asks/:ask/no", aPoster, decidesAsk, refuseAsk},
		{get, "/engagements/:engagement", aWorkSide, isTheirWork, showEngagement},
		{post, "/engagements/:engagement/hours", aWorkSide, isTheirWork, proposeHours},
		{post, "/engagements/:engagement/agree", aWorkSide, isTheirWork, agreeHours},
		{get, "/bills", aPoster, oneself, bills},
		{get, "/bills/:bill", aPoster, seesBill, showBill},
		{post, "/bills/:bill/pay", aClient, seesBill, payBill},
		{get, "/pay", aMember, oneself, pay},
		{get, "/payouts", aCoordinator, oneself, payouts},
		{post, "/payouts/:payout/again", aCoordinator, ownPayout, payAgain},
		{get, "/offers/:offer", aMember, isTheirOffer, showOffer},
		{post, "/offers/:offer/yes", aMember, isTheirOffer, acceptOffer},
		{post, "/offers/:offer/no", aMember, isTheirOffer, declineOffer},
		{post, "/offers/:offer/withdraw", aMember, isTheirOffer, withdrawAsk},
		{get, "/profile", aMember, oneself, showProfile},
		{get, "/profile/:question", aMember, oneself, showProfileQuestion},
		{post, "/profile/:question", aMember, oneself, answerProfile},
		{get, "/days", aMember, oneself, showDays},
		{post, "/days", aMember, oneself, addDay},
		{post, "/days/week", aMember, oneself, changeWeek},
		{post, "/days/usual", aMember, oneself, usualDay},
		{get, "/sharing", aMember, oneself, showSharing},
		{post, "/sharing", aMember, oneself, giveGrant},
		{post, "/sharing/:grant/stop", aMember, ownGrant, stopGrant},
		{get, "/caseload", aCoach, oneself, caseload},
		{get, "/caseload/:member", aCoach, followsThem, caseloadMember},
		{get, "/caseload/:member/profile", aCoach, followsThem, caseloadProfile},
		{post, "/caseload/:member/skills/:skill/confirm", aCoach, followsThem, confirmSkill},
		{get, "/members", aCoordinator, oneself, membersList},
		{get, "/clients", aCoordinator, oneself, clientsList},
		{get, "/tasks", aCoordinator, oneself, tasksList},
		{post, "/tasks/:task/retry", aCoordinator, ownTask, retryTask},
		{post, "/tasks/:task/drop", aCoordinator, ownTask, dropTask},

		{post, "/hooks/stripe", anyone, nothingElse, hook(payments.PlatformEndpoint)},
		{post, "/hooks/stripe/connect", anyone, nothingElse, hook(payments.ConnectEndpoint)},

		{get, "/dev/people", demoVisitor, nothingElse, devPeople},
		{post, "/dev/signin", demoVisitor, nothingElse, devSignIn},
		{get, "/dev/mailbox", demoVisitor, nothingElse, devMailbox},
		{get, "/dev/mailbox/:message", demoVisitor, nothingElse, devMessage},
		{get, "/dev/components", demoVisitor, nothingElse, devComponents},

		{get, "/static/*file", anyone, nothingElse, staticFile},
		{get, "/healthz", anyone, nothingElse, healthy},
		{get, "/readyz", anyone, nothingElse, ready},
		{get, "/metrics", thisMachine, nothingElse, metrics},
	}
}
