package web

import (
	"errors"
	"fmt"
	"slices"

	"meent/members"
)

// access says who may use a route. The zero value means that nobody thought
// about it, and stops the start.
type access struct {
	name  string
	kinds []members.RoleKind // any of these roles
	all   bool               // visitors too
	local bool               // from this machine only
	demo  bool               // in a demo only
	fresh bool               // only who has just shown who they are: see fresh
	half  bool               // also before the second factor: see half
	hand  bool               // not with a card alone: see byHand
	help  bool               // also who acts for a member, as that member: see helped
	still bool               // also while acting for a member, as oneself: see still
}

// fresh asks that the person showed at most ten minutes ago who they are;
// otherwise the way leads over /confirm. For what a stranger at an open
// computer must not do: the way in, and where money goes.
func fresh(a access) access {
	a.fresh, a.name = true, a.name+", just now"
	return a
}

// half lets in who still has to show a second factor.
func half(a access) access {
	a.half, a.name = true, a.name+", also halfway in"
	return a
}

// helped lets a coach in who acts for a member, in the member's place. What does
// not say so is the member's alone: their account, their keys, and what they
// confide.
func helped(a access) access {
	a.help, a.name = true, a.name+", also by who acts for them"
	return a
}

// byHand asks that the person has shown once in this session who they are, where
// a card that a coach printed brought them in. For the keys: of what opens with
// the member's and the coach's, one hand does not turn both.
func byHand(a access) access {
	a.hand, a.name = true, a.name+", by their own hand"
	return a
}

// still is for what somebody who acts for a member goes on doing as themselves.
func still(a access) access {
	a.still, a.name = true, a.name+", also while acting for a member"
	return a
}

// relation is what a person must have to do with what the path names, beyond
// their role. Where it fails, the page is not found.
type relation struct {
	name  string
	holds func(*request) error
}

// Who may use a route.
var (
	anyone       = access{name: "anyone", all: true}
	signedIn     = access{name: "signed in", kinds: append(members.RoleKinds(), "")}
	aMember      = access{name: "member", kinds: []members.RoleKind{members.RoleMember}}
	aClient      = access{name: "client", kinds: []members.RoleKind{members.RoleClient}}
	aCoach       = access{name: "coach", kinds: []members.RoleKind{members.RoleCoach}}
	aCoordinator = access{name: "coordinator", kinds: []members.RoleKind{members.RoleCoordinator}}
	aPoster      = access{name: "client or coordinator", kinds: []members.RoleKind{members.RoleClient, members.RoleCoordinator}}
	aHelper      = access{name: "coach or coordinator", kinds: []members.RoleKind{members.RoleCoach, members.RoleCoordinator}}
	aWhySide     = access{name: "member, coach or coordinator", kinds: []members.RoleKind{members.RoleMember, members.RoleCoach, members.RoleCoordinator}}
	aWorkSide    = access{name: "member or client", kinds: []members.RoleKind{members.RoleMember, members.RoleClient}}
	aSide        = access{name: "member, client or coordinator", kinds: []members.RoleKind{members.RoleMember, members.RoleClient, members.RoleCoordinator}}
	anyRole      = access{name: "any role", kinds: members.RoleKinds()}
	thisMachine  = access{name: "this machine", all: true, local: true}
	demoVisitor  = access{name: "demo, this machine", all: true, local: true, demo: true}
)

// What else must hold.
var (
	nothingElse     = relation{name: "none", holds: func(*request) error { return nil }}
	getsTexts       = relation{name: "oneself, where text messages go out", holds: (*request).textsGoOut}
	oneself         = relation{name: "oneself", holds: func(*request) error { return nil }} // the path names nobody
	showsWork       = relation{name: "a cooperative that shows its work", holds: (*request).showsWork}
	isPublicGig     = relation{name: "posted work of a cooperative that shows it", holds: (*request).isPublicGig}
	seesGig         = relation{name: "sees the gig", holds: (*request).seesGig}
	seesGigOrOffer  = relation{name: "sees the gig, or has an offer of it", holds: (*request).seesGigOrOffer}
	runsGig         = relation{name: "runs the gig", holds: (*request).runsGig}
	ownTask         = relation{name: "the cooperative's task", holds: func(*request) error { return nil }} // the queue compares: see decider
	seesBill        = relation{name: "the client's or the office's bill", holds: (*request).seesBill}
	ownPayout       = relation{name: "the cooperative's payout", holds: func(*request) error { return nil }}          // payments compares: see PayAgain
	ownLimits       = relation{name: "the cooperative's proposed limits", holds: func(*request) error { return nil }} // payments compares: see DecidePolicy
	ownManual       = relation{name: "the cooperative's manual posting", holds: func(*request) error { return nil }}  // payments compares: see ApproveManual
	ownShift        = relation{name: "the cooperative's shift", holds: func(*request) error { return nil }}           // jobs compares: see PlannedShift
	ownGrant        = relation{name: "the member's grant", holds: func(*request) error { return nil }}                // Revoke compares
	ownQuestion     = relation{name: "may answer the question", holds: func(*request) error { return nil }}           // Answer compares
	ownAdvance      = relation{name: "the cooperative's advance", holds: func(*request) error { return nil }}         // payments compares: see ApproveAdvance
	ownDifference   = relation{name: "the cooperative's difference", holds: func(*request) error { return nil }}      // payments compares: see TakeDifference
	ownStop         = relation{name: "the cooperative's stop", holds: func(*request) error { return nil }}            // payments compares: see Resume
	seesBankDispute = relation{name: "the office's bank dispute", holds: (*request).seesBankDispute}
	ownRefund       = relation{name: "the cooperative's refund", holds: func(*request) error { return nil }}   // payments compares: see ApproveRefund
	ownReturn       = relation{name: "the cooperative's deposit", holds: func(*request) error { return nil }}  // payments compares: see ReturnAgain
	ownClawback     = relation{name: "the cooperative's clawback", holds: func(*request) error { return nil }} // payments compares: see DecideClawback
	knowsClient     = relation{name: "a client of the member's cooperative", holds: (*request).knowsClient}
	ownSettlement   = relation{name: "the cooperative's settlement", holds: func(*request) error { return nil }} // payments compares: see AgreeSettlement

	ownStandIn      = relation{name: "arranged it, stands in, or coordinates", holds: func(*request) error { return nil }} // EndStandIn compares
	isTheirBuddy    = relation{name: "the member's buddy, or asked to be", holds: (*request).findBuddy}
	ownReport       = relation{name: "sees the report", holds: func(*request) error { return nil }} // Take and Close compare
	setsUp          = relation{name: "oneself, and halfway in without a factor", holds: (*request).maySetUp}
	ownPasskey      = relation{name: "the person's passkey", holds: func(*request) error { return nil }} // the domain compares
	inOwnHouse      = relation{name: "another person of the cooperative", holds: (*request).inHouse}
	ownMunicipality = relation{name: "the cooperative's municipality", holds: func(*request) error { return nil }} // EndMunicipality compares
	ownAdmission    = relation{name: "the cooperative's admission", holds: func(*request) error { return nil }}    // EndAdmission compares
	ownStaff        = relation{name: "of the cooperative's team", holds: (*request).inTeam}
	ownSession      = relation{name: "the person's session", holds: func(*request) error { return nil }} // EndSession compares
	isTheirWork     = relation{name: "the member's or the client's engagement", holds: (*request).isTheirWork}
	answersWork     = relation{name: "the member's or the client's engagement, or the office's", holds: (*request).isTheirWork} // jobs compares: see Work
	runsWork        = relation{name: "the client's engagement, or the office's", holds: (*request).runsWork}
	seesDispute     = relation{name: "the office's dispute", holds: (*request).seesDispute}
	isTheirOffer    = relation{name: "the member's offer", holds: (*request).ownOffer}
	decidesAsk      = relation{name: "decides about what was asked", holds: (*request).findAsk}
	noCoopYet       = relation{name: "no cooperative yet", holds: (*request).noneYet}
	anyFigure       = relation{name: "the whole country's figure", holds: func(*request) error { return nil }} // payments wants two persons: see ApproveFigure
	takesNew        = relation{name: "may take something new", holds: (*request).takesNew}
	theirClient     = relation{name: "the cooperative's client", holds: (*request).theirClient}
	manages         = relation{name: "manages the client", holds: (*request).managesClient}
	hasLink         = relation{name: "whoever has the link", holds: func(*request) error { return nil }} // members compares: see AcceptInvitation
	theirPerson     = relation{name: "a person of the cooperative", holds: (*request).theirPerson}
	isRestricted    = relation{name: "the person's restriction", holds: (*request).ownRestriction}
	seesReview      = relation{name: "who asked, or the office", holds: (*request).seesReview}
	seesWhy         = relation{name: "who asked why, who looks, or the office", holds: (*request).seesWhy}
	isAbout         = relation{name: "a decision about the person", holds: (*request).aboutThem}
	ownInvite       = relation{name: "made the invitation, or coordinates", holds: (*request).findInvitation}
	ownMember       = relation{name: "the cooperative's member", holds: (*request).findStanding}
	ownImport       = relation{name: "uploaded it", holds: func(*request) error { return nil }}             // Import and Confirm compare
	ownStatement    = relation{name: "the member's statement", holds: func(*request) error { return nil }}  // coaching compares: see asSide
	askedForm       = relation{name: "asked of the client", holds: func(*request) error { return nil }}     // coaching compares: see Form
	ownGoal         = relation{name: "the member's goal", holds: func(*request) error { return nil }}       // the domain compares: see onProgress
	ownRail         = relation{name: "the member's guard rail", holds: func(*request) error { return nil }} // AnswerRail and EndRail compare
	followsThem     = relation{name: "follows the member", holds: (*request).followsMember}
	ownRefusal      = relation{name: "the client's refusal", holds: func(*request) error { return nil }}                      // TakeBackRefusal compares
	ownSearch       = relation{name: "the member's search", holds: func(*request) error { return nil }}                       // RemoveSearch compares
	ownFavourite    = relation{name: "between the member and the client", holds: func(*request) error { return nil }}         // AnswerFavourite and EndFavourite compare
	ownJob          = relation{name: "offered by the client or to the member", holds: func(*request) error { return nil }}    // jobs compares: see JobOffer
	ownRelease      = relation{name: "the member's release", holds: func(*request) error { return nil }}                      // coaching compares
	shownToThem     = relation{name: "a release to the client", holds: func(*request) error { return nil }}                   // ReleasedCard compares
	ownGrantee      = relation{name: "somebody whom the member let do something", holds: func(*request) error { return nil }} // RevokeAll compares
)

// declared reports a route that does not say who may use it.
func (r route) declared() error {
	if r.access.name == "" || r.relation.name == "" || r.relation.holds == nil {
		return fmt.Errorf("web: the route %s %s does not declare who may use it", r.method, r.path)
	}
	return nil
}

// errSignIn is answered with the way to the sign-in page.
var errSignIn = errors.New("web: sign in first")

// errSecond is answered with the way to the second factor, errConfirm with the
// way to show once more who one is.
var (
	errSecond  = errors.New("web: show a second factor first")
	errConfirm = errors.New("web: show who you are first")
)

// errForbidden means that the role may not use the page.
var errForbidden = errors.New("web: not for this role")

// admit checks role and relation, in this order.
func (r *request) admit(route route) error {
	switch {
	case route.access.local && !r.fromThisMachine(), route.access.demo && !r.web.Demo:
		return members.ErrNotFound
	case route.access.all:
	case r.actor.Person.IsZero():
		return errSignIn
	case r.half && !route.access.half:
		return errSecond
	case !slices.Contains(route.access.kinds, r.actor.Kind):
		return errForbidden
	case route.access.fresh && !r.fresh(), route.access.hand && r.byCard():
		return errConfirm
	}
	if route.relation.holds == nil {
		return nil
	}
	return route.relation.holds(r)
}
