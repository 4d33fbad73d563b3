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
		{get, "/first", anyone, noCoopYet, showFirst},
		{post, "/first", anyone, noCoopYet, makeFirst},
		{get, "/home", signedIn, oneself, home},

		{get, "/signin", anyone, nothingElse, showSignIn},
		{post, "/signin", anyone, nothingElse, askSignIn},
		{get, "/signin/sent", anyone, nothingElse, showSent},
		{post, "/signin/code", anyone, nothingElse, useCode},
		{get, "/signin/link/:secret", anyone, nothingElse, showLink},
		{post, "/signin/link/:secret", anyone, nothingElse, useLink},
		{post, "/signin/passkey/ask", anyone, nothingElse, askPasskey},
		{post, "/signin/passkey", anyone, nothingElse, usePasskey},
		{get, "/signin/second", half(signedIn), oneself, showSecond},
		{post, "/signin/second", half(signedIn), oneself, useSecond},
		{get, "/card/:secret", anyone, nothingElse, showCard},
		{post, "/card/:secret", anyone, nothingElse, useCard},
		{post, "/signout", half(signedIn), oneself, signOut},
		{post, "/signout/everywhere", half(signedIn), oneself, signOutEverywhere},

		{get, "/account", signedIn, oneself, account},
		{get, "/account/deeds", signedIn, oneself, ownDeeds},
		{get, "/account/sessions", signedIn, oneself, showSessions},
		{post, "/account/sessions/:session/end", signedIn, ownSession, endOneSession},
		{get, "/account/email", fresh(signedIn), oneself, showEmail},
		{post, "/account/email", fresh(signedIn), oneself, askEmail},
		{get, "/account/email/code", signedIn, oneself, showEmailCode},
		{post, "/account/email/code", signedIn, oneself, useEmailCode},
		{get, "/account/passkeys", half(fresh(signedIn)), setsUp, showPasskeys},
		{post, "/account/passkeys/ask", half(fresh(signedIn)), setsUp, offerPasskey},
		{post, "/account/passkeys", half(fresh(signedIn)), setsUp, addPasskey},
		{post, "/account/passkeys/:passkey/name", fresh(signedIn), ownPasskey, namePasskey},
		{post, "/account/passkeys/:passkey/remove", fresh(signedIn), ownPasskey, removePasskey},
		{get, "/account/app", half(fresh(signedIn)), setsUp, showApp},
		{post, "/account/app/begin", half(fresh(signedIn)), setsUp, beginApp},
		{post, "/account/app", half(fresh(signedIn)), setsUp, confirmApp},
		{post, "/account/app/remove", fresh(signedIn), oneself, removeApp},
		{get, "/confirm", half(signedIn), oneself, showConfirm},
		{post, "/confirm", half(signedIn), oneself, askConfirm},
		{get, "/confirm/code", half(signedIn), oneself, showConfirmCode},
		{post, "/confirm/app", half(signedIn), oneself, confirmByApp},
		{post, "/confirm/code", half(signedIn), oneself, useConfirmCode},
		{post, "/role", signedIn, oneself, chooseRole},
		{get, "/register", anyone, nothingElse, showRegister},
		{post, "/register", anyone, nothingElse, register},
		{get, "/register/sent", anyone, nothingElse, showRegistered},
		{get, "/invited/:secret", anyone, hasLink, showInvited},
		{post, "/invited/:secret", signedIn, hasLink, acceptInvited},
		{get, "/restriction/:restriction", signedIn, isRestricted, showRestriction},
		{post, "/language", anyone, nothingElse, chooseLanguage},

		{get, "/gigs", anyRole, oneself, gigs},
		{get, "/gigs/new", aPoster, takesNew, showNewGig},
		{post, "/gigs/new", aPoster, takesNew, postNewGig},
		{get, "/gigs/:gig", anyRole, seesGig, gig},
		{get, "/live/mine", anyRole, oneself, liveMine},
		{post, "/gigs/:gig/shifts/:shift/ask", aMember, seesGig, askForShift},
		{get, "/asks/:ask", aPoster, decidesAsk, showAsk},
		{post, "/asks/:ask/yes", aPoster, decidesAsk, grantAsk},
		{post, "/asks/:ask/no", aPoster, decidesAsk, refuseAsk},
		{get, "/engagements/:engagement", aWorkSide, isTheirWork, showEngagement},
		{post, "/engagements/:engagement/hours", aWorkSide, isTheirWork, proposeHours},
		{post, "/engagements/:engagement/agree", aWorkSide, isTheirWork, agreeHours},
		{get, "/engagements/:engagement/unsafe", aMember, isTheirWork, showUnsafe},
		{post, "/engagements/:engagement/unsafe", aMember, isTheirWork, reportUnsafe},
		{get, "/reports", aHelper, oneself, reports},
		{post, "/reports/:report/take", aHelper, ownReport, takeReport},
		{post, "/reports/:report/close", aHelper, ownReport, closeReport},
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
		{post, "/profile", aMember, oneself, changeProfile},
		{get, "/sharing", aMember, oneself, showSharing},
		{post, "/sharing", aMember, oneself, giveGrant},
		{post, "/sharing/:grant/stop", aMember, ownGrant, stopGrant},
		{get, "/calendar", aMember, oneself, showCalendar},
		{post, "/calendar", aMember, oneself, makeCalendar},
		{post, "/calendar/stop", aMember, oneself, endCalendar},
		{get, "/calendar/:secret", anyone, nothingElse, readCalendar},
		{get, "/coach/ask", aMember, oneself, showCoachAsk},
		{post, "/coach/ask", aMember, oneself, sendQuestion},
		{get, "/questions", aHelper, oneself, questions},
		{post, "/questions/:question/answer", aHelper, ownQuestion, answerQuestion},
		{get, "/caseload", aCoach, oneself, caseload},
		{get, "/caseload/:member", aCoach, followsThem, caseloadMember},
		{post, "/caseload/:member/card", aCoach, followsThem, printCard},
		{get, "/lost-phone", aCoordinator, oneself, waysIn},
		{get, "/lost-phone/:person", fresh(aCoordinator), inOwnHouse, showReset},
		{post, "/lost-phone/:person", fresh(aCoordinator), inOwnHouse, resetFactors},
		{get, "/members", aCoordinator, oneself, membersList},
		{get, "/clients", aCoordinator, oneself, clientsList},
		{get, "/settings", aCoordinator, oneself, showSettings},
		{post, "/settings", aCoordinator, oneself, changeSettings},
		{get, "/deeds", aCoordinator, oneself, deeds},
		{get, "/figures", aCoordinator, oneself, figures},
		{post, "/figures", aCoordinator, oneself, proposeFigure},
		{post, "/figures/:figure/approve", aCoordinator, anyFigure, approveFigure},
		{post, "/figures/:figure/back", aCoordinator, anyFigure, takeFigureBack},
		{get, "/clients/:client", aCoordinator, theirClient, showClient},
		{post, "/clients/:client/approve", aCoordinator, theirClient, approveClient},
		{post, "/clients/:client/refuse", aCoordinator, theirClient, refuseClient},
		{get, "/client/people", aClient, manages, showColleagues},
		{post, "/client/people", aClient, manages, inviteColleague},
		{post, "/client/people/:role/stop", aClient, manages, removeColleague},
		{post, "/client/invitations/:invitation/stop", aClient, manages, uninviteColleague},
		{get, "/restrictions/:person", aCoordinator, theirPerson, showRestrictable},
		{post, "/restrictions/:person", aCoordinator, theirPerson, restrictPerson},
		{post, "/restrictions/:person/restore", aCoordinator, theirPerson, restorePerson},
		{get, "/reviews", aCoordinator, oneself, reviews},
		{get, "/reviews/:review", signedIn, seesReview, showReview},
		{post, "/reviews/:review/take", aCoordinator, seesReview, takeReview},
		{post, "/reviews/:review/answer", aCoordinator, seesReview, answerReview},
		{get, "/reviews/about/:decision", signedIn, isAbout, showAskReview},
		{post, "/reviews/about/:decision", signedIn, isAbout, askReview},
		{get, "/clients/:client/block", aMember, knowsClient, showBlock},
		{post, "/clients/:client/block", aMember, knowsClient, blockClient},
		{post, "/clients/:client/unblock", aMember, knowsClient, unblockClient},
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
