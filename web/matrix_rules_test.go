package web_test

import (
	"strings"

	"meent/web"
)

// notInMatrix says why a route is not in the matrix; empty: it is.
func notInMatrix(l web.Line) string {
	switch {
	case strings.Contains(l.Path, "/:secret"):
		return "whoever has the secret may: what names nobody cannot be somebody else's"
	case strings.HasPrefix(l.Path, "/dev/"), strings.HasPrefix(l.Path, "/static/"), l.Path == "/healthz", l.Path == "/readyz", l.Path == "/metrics":
		return "of this machine, or of everybody"
	case strings.HasPrefix(l.Path, "/hooks/"):
		return "the signature of the message decides"
	case l.Path == "/live/mine":
		return "a stream without end"
	case strings.HasPrefix(l.Path, "/act/"), strings.HasSuffix(l.Path, "/act"), strings.HasPrefix(l.Path, "/signout"), l.Path == "/role", l.Path == "/signin/code":
		return "it would change who asks"
	}
	return ""
}

// endings are the routes after which what was asked for is gone, or nobody's any
// more: they come last, in this order of their kinds.
func endings() []string {
	return []string{
		"POST /gigs/:gig/photos/:photo/remove", "POST /sharing/:grant/stop", "POST /sharing/person/:role/stop", "POST /members/:member/coach/end", "POST /members/:member/coach", "POST /members/:member/move",
		"POST /account/sessions/:session/end", "POST /account/passkeys/:passkey/remove", "POST /team/:role/end",
		"POST /searches/:search/remove", "POST /client/people/:role/stop", "POST /restrictions/:person", "POST /lost-phone/:person",
		"POST /money/differences/:difference/explain",
	}
}

// neverOpen are routes that nobody in this world may use.
func neverOpen() []string {
	return []string{"POST /engagements/:engagement/company", "GET /first", "POST /first", "POST /account/app/remove", "POST /account/phone/remove", "POST /progress/score/remove"}
}

// anewID stands for an id that nothing has yet.
const anewID = "anew"

// forms are what is sent where a form without anything would be sent back before
// it is known about what it is.
func forms() map[string]map[string]string {
	return map[string]map[string]string{
		"POST /money/differences/:difference/claim":   {"do": "ask", "claim-:difference": "fund", "claim-note-:difference": "Onze storting"},
		"POST /money/differences/:difference/explain": {"note-:difference": "Een cent rente."},
		"POST /questions/:question/answer":            {"answer-:question": "Dat mag."},
		"POST /progress/goals/:goal":                  {"do": "met"},
		"POST /caseload/:member/progress/goals":       {"text": "Alleen naar het werk"},
		"POST /caseload/:member/progress/goals/:goal": {"do": "not_met"},
		"POST /caseload/:member/progress/ladder":      {"rung": "3"},
		"POST /caseload/:member/progress/steps":       {"workstep": "solo"},
		"POST /caseload/:member/contacts/new":         {"id": anewID, "kind": "call", "minutes": "10", "why": "We belden over de bus."},
		"POST /engagements/:engagement/clock":         {"id": anewID, "what": "in"},
		"POST /engagements/:engagement/dispute":       {"hours": "1", "reason": "Een deel klopt niet."},
		"POST /engagements/:engagement/missed/stays":  {"reason": "De lijst klopt."},
		"POST /pay/:engagement/advance":               {"amount-rest": "10", "part": "rest"},
		"POST /pay/:engagement/advance/back":          {"advance": theirAdvance},
		"POST /advances/:advance/refuse":              {"reason-:advance": "Het fonds is er voor iedereen."},
		"POST /days/usual":                            {"day": "2026-11-26"},
		"POST /reports/:report/close":                 {"done-:report": "Er is nu licht."},
		"POST /account/passkeys/:passkey/name":        {"name-:passkey": "Telefoon"},
		"POST /worktime":                              {"code": "rest"},
		"POST /matching/weights":                      {"version": "2"},
		"POST /members/:member/coach":                 {"coach": ":role"},
		"POST /caseload/:member/jobs/:job":            {"say": "no"},
		"POST /money/refunds/:refund":                 {"do": "refuse"},
		"POST /money/clawbacks/:clawback":             {"do": "refuse"},
		"POST /money/clawbacks/:clawback/settle":      {"settlement": anewID, "way": "let_go", "amount": "0,10", "reason": "Dit spraken we samen af."},
		"POST /money/settlements/:settlement":         {"do": "refuse"},
		"POST /money/returns/:deposit":                {"do": "again"},
		"POST /money/disputes/:dispute/answer":        {"text": "Het werk is gedaan."},
		"POST /money/limits/:change":                  {"do": "refuse"},
		"POST /money/manual/:manual":                  {"do": "refuse"},
		"POST /planning/:shift/ask/:member":           {"why": "Zij wil hier graag beginnen."},
		"POST /reviews/why/:why/answer":               {"outcome": "stands", "answer": "De regels kloppen, ik heb het nagerekend."},
		"POST /reviews/:review/answer":                {"outcome": "upheld", "answer": "Het besluit klopt."},
	}
}

// The pieces of which rules are made. @me is the role in which somebody acts,
// @self who they are, and @gig and so on what the path names.
const (
	roleHere = ` JOIN members.role me ON me.id = @me AND me.ended_at IS NULL AND me.cooperative_id = x.cooperative_id`
	mine     = ` JOIN members.member own ON own.cooperative_id = x.cooperative_id AND own.id = x.member_id AND own.role_id = @me`
	coaches  = `EXISTS (SELECT FROM coaching.caseload x` + roleHere + ` WHERE x.coach_id = me.id AND me.kind = 'coach' AND x.member_id = @member)`
	standsIn = `EXISTS (SELECT FROM coaching.stand_in x` + roleHere + ` WHERE x.colleague_id = me.id AND me.kind = 'coach' AND x.member_id = @member
		AND x.ended_at IS NULL AND (@now AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN x.begins AND x.until)`
	inPlace = `
		LEFT JOIN coaching.stand_in i ON i.cooperative_id = x.cooperative_id AND i.member_id = x.member_id AND i.colleague_id = me.id AND i.ended_at IS NULL
			AND (@now AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN i.begins AND i.until`
	follows = coaches + ` OR ` + standsIn
)

// rules is the second judge: for each relation of access.go, whether it holds.
func rules() map[string]string {
	return map[string]string{
		"none":                                `true`,
		"oneself":                             `true`,
		"oneself, where text messages go out": `true`,
		"oneself, and halfway in without a factor": `true`,
		"may take something new":                   `true`,
		"the whole country's figure":               `EXISTS (SELECT FROM payments.legal_figure WHERE id = @figure)`,
		"no cooperative yet":                       `NOT EXISTS (SELECT FROM members.cooperative)`,
		"manages the client":                       `EXISTS (SELECT FROM members.role WHERE id = @me AND kind = 'client' AND duty = 'manager')`,
		"a cooperative that shows its work":        `EXISTS (SELECT FROM members.settings WHERE cooperative_id = @cooperative AND public_since IS NOT NULL)`,
		"posted work of a cooperative that shows it": `EXISTS (SELECT FROM jobs.gig x JOIN members.settings o ON o.cooperative_id = x.cooperative_id JOIN members.client c ON c.id = x.client_id
			WHERE x.id = @gig AND x.cooperative_id = @cooperative AND c.kind = 'organisation' AND x.state <> 'draft' AND o.public_since IS NOT NULL AND x.posted_at >= o.public_since)`,
		"sees the gig": `EXISTS (SELECT FROM jobs.gig x` + roleHere + ` WHERE x.id = @gig AND (me.kind = 'coordinator'
			OR me.kind = 'client' AND me.client_id = x.client_id OR me.kind IN ('member', 'coach') AND x.state = 'open'))`,
		"sees the gig, or has an offer of it": `EXISTS (SELECT FROM jobs.gig x` + roleHere + ` WHERE x.id = @gig AND me.kind = 'member' AND (x.state = 'open'
			OR x.state <> 'draft' AND EXISTS (SELECT FROM matching.offer o JOIN jobs.shift s ON s.id = o.shift_id JOIN members.member m ON m.id = o.member_id
				WHERE s.gig_id = x.id AND m.role_id = me.id)))`,
		"runs the gig": `EXISTS (SELECT FROM jobs.gig x` + roleHere + ` WHERE x.id = @gig AND (me.kind = 'coordinator'
			OR me.kind = 'client' AND me.client_id = x.client_id))`,
		"the cooperative's task":  `EXISTS (SELECT FROM tasks.task x` + roleHere + ` WHERE x.id = @task AND x.state = 'dead')`,
		"the cooperative's shift": `EXISTS (SELECT FROM jobs.shift x` + roleHere + ` JOIN jobs.gig g ON g.id = x.gig_id WHERE x.id = @shift AND g.state <> 'draft')`,
		"the client's or the office's bill": `EXISTS (SELECT FROM payments.bill x` + roleHere + ` WHERE x.id = @bill
			AND (me.kind = 'coordinator' OR me.client_id = x.client_id))`,
		"the office's bank dispute":            `EXISTS (SELECT FROM payments.dispute x` + roleHere + ` WHERE x.id = @dispute AND me.kind = 'coordinator')`,
		"the cooperative's refund":             `EXISTS (SELECT FROM payments.refund x` + roleHere + ` WHERE x.id = @refund)`,
		"the cooperative's deposit":            `EXISTS (SELECT FROM payments.deposit x` + roleHere + ` WHERE x.id = @deposit)`,
		"the cooperative's clawback":           `EXISTS (SELECT FROM payments.clawback x` + roleHere + ` WHERE x.id = @clawback)`,
		"the cooperative's settlement":         `EXISTS (SELECT FROM payments.settlement x` + roleHere + ` WHERE x.id = @settlement)`,
		"the cooperative's proposed limits":    `EXISTS (SELECT FROM payments.policy_change x` + roleHere + ` WHERE x.id = @change)`,
		"the cooperative's manual posting":     `EXISTS (SELECT FROM payments.manual x` + roleHere + ` WHERE x.id = @manual)`,
		"the cooperative's advance":            `EXISTS (SELECT FROM payments.advance x` + roleHere + ` WHERE x.id = @advance)`,
		"the cooperative's difference":         `EXISTS (SELECT FROM payments.difference x` + roleHere + ` WHERE x.id = @difference)`,
		"the cooperative's stop":               `EXISTS (SELECT FROM payments.stop x` + roleHere + ` WHERE x.id = @stop)`,
		"the cooperative's payout":             `EXISTS (SELECT FROM payments.payout x` + roleHere + ` WHERE x.id = @payout)`,
		"the member's grant":                   `EXISTS (SELECT FROM members.access_grant x` + mine + ` WHERE x.id = @grant)`,
		"a client of the member's cooperative": `EXISTS (SELECT FROM members.client x` + roleHere + ` WHERE x.id = @client)`,
		"may answer the question": `EXISTS (SELECT FROM coaching.question x` + roleHere + ` LEFT JOIN coaching.caseload l ON l.cooperative_id = x.cooperative_id AND l.member_id = x.member_id` + inPlace + `
			WHERE x.id = @question AND (l.coach_id = me.id OR i.id IS NOT NULL OR me.kind = 'coordinator' AND (l.coach_id IS NULL OR x.passed_on_at IS NOT NULL)))`,
		"sees the report": `EXISTS (SELECT FROM coaching.report x` + roleHere + ` LEFT JOIN coaching.caseload l ON l.cooperative_id = x.cooperative_id AND l.member_id = x.member_id` + inPlace + `
			WHERE x.id = @report AND (me.kind = 'coordinator' OR l.coach_id = me.id OR i.id IS NOT NULL))`,
		"the person's passkey":              `EXISTS (SELECT FROM members.passkey WHERE id = @passkey AND person_id = @self)`,
		"the person's session":              `EXISTS (SELECT FROM members.session WHERE data ->> 'id' = @session AND data ->> 'person' = @self::text AND ended_at IS NULL)`,
		"another person of the cooperative": `EXISTS (SELECT FROM members.role x` + roleHere + ` WHERE x.person_id = @person AND x.ended_at IS NULL AND x.person_id <> @self)`,
		"a person of the cooperative":       `EXISTS (SELECT FROM members.role x` + roleHere + ` WHERE x.person_id = @person)`,
		"the cooperative's municipality":    `EXISTS (SELECT FROM members.municipality x` + roleHere + ` WHERE x.id = @municipality AND x.ended_at IS NULL)`,
		"the cooperative's admission":       `EXISTS (SELECT FROM members.lender_admission x` + roleHere + ` WHERE x.id = @admission AND x.ended_at IS NULL)`,
		"of the cooperative's team":         `EXISTS (SELECT FROM members.role x` + roleHere + ` WHERE x.id = @role AND x.kind IN ('coach', 'coordinator') AND x.ended_at IS NULL)`,
		"the member's or the client's engagement": `EXISTS (SELECT FROM jobs.engagement x` + roleHere + `
			JOIN jobs.shift s ON s.id = x.shift_id JOIN jobs.gig g ON g.id = s.gig_id JOIN members.member m ON m.id = x.member_id
			WHERE x.id = @engagement AND (me.id = m.role_id OR me.client_id = g.client_id))`,
		"the member's or the client's engagement, or the office's": `EXISTS (SELECT FROM jobs.engagement x` + roleHere + `
			JOIN jobs.shift s ON s.id = x.shift_id JOIN jobs.gig g ON g.id = s.gig_id JOIN members.member m ON m.id = x.member_id
			WHERE x.id = @engagement AND (me.kind = 'coordinator' OR me.id = m.role_id OR me.client_id = g.client_id))`,
		"the client's engagement, or the office's": `EXISTS (SELECT FROM jobs.engagement x` + roleHere + `
			JOIN jobs.shift s ON s.id = x.shift_id JOIN jobs.gig g ON g.id = s.gig_id
			WHERE x.id = @engagement AND (me.kind = 'coordinator' OR me.client_id = g.client_id))`,
		"the member's offer":   `EXISTS (SELECT FROM matching.offer x` + mine + ` WHERE x.id = @offer)`,
		"the office's dispute": `EXISTS (SELECT FROM jobs.dispute x` + roleHere + ` WHERE x.engagement_id = @engagement AND me.kind = 'coordinator')`,
		"decides about what was asked": `EXISTS (SELECT FROM matching.offer x` + roleHere + `
			JOIN jobs.shift s ON s.id = x.shift_id JOIN jobs.gig g ON g.id = s.gig_id
			WHERE x.id = @ask AND x.asked AND (me.kind = 'coordinator' OR me.client_id = g.client_id))`,
		"the cooperative's client": `EXISTS (SELECT FROM members.client x` + roleHere + ` WHERE x.id = @client)`,
		"the person's restriction": `EXISTS (SELECT FROM members.restriction WHERE id = @restriction AND person_id = @self)`,
		"who asked, or the office": `EXISTS (SELECT FROM members.review WHERE id = @review AND asked_by = @self)
			OR EXISTS (SELECT FROM members.review x` + roleHere + ` WHERE x.id = @review AND me.kind = 'coordinator')`,
		"who asked why, who looks, or the office": `EXISTS (SELECT FROM matching.review x` + mine + ` WHERE x.id = @why)
			OR EXISTS (SELECT FROM matching.review x` + roleHere + ` WHERE x.id = @why AND (me.kind = 'coordinator' OR me.id = x.looker_id))`,
		"a decision about the person": `EXISTS (SELECT FROM members.restriction WHERE 'restriction:' || id = @decision AND person_id = @self)`,
		"made the invitation, or coordinates": `EXISTS (SELECT FROM members.invitation x` + roleHere + ` WHERE x.id = @invitation
			AND (me.kind = 'coordinator' OR me.id = x.invited_by))`,
		"the cooperative's member": `EXISTS (SELECT FROM members.member x` + roleHere + ` WHERE x.id = @member)`,
		"uploaded it":              `EXISTS (SELECT FROM members.import x` + roleHere + ` WHERE x.id = @import AND x.made_by = me.id)`,
		"the member's guard rail":  `EXISTS (SELECT FROM coaching.guard_rail x` + mine + ` WHERE x.id = @rail)`,
		"the member's goal":        `EXISTS (SELECT FROM coaching.goal x` + mine + ` WHERE x.id = @goal)`,
		"the member's statement":   `EXISTS (SELECT FROM coaching.statement x` + mine + ` WHERE x.id = @statement)`,
		"the member's release":     `EXISTS (SELECT FROM coaching.release x` + mine + ` WHERE x.id = @release)`,
		"a release to the client": `EXISTS (SELECT FROM coaching.release x` + roleHere + ` WHERE x.id = @release AND x.client_id = me.client_id
			AND x.state = 'released' AND x.until >= (@now AT TIME ZONE 'Europe/Amsterdam')::date)`,
		"somebody whom the member let do something": `EXISTS (SELECT FROM members.access_grant x` + mine + ` WHERE x.grantee_id = @role)`,
		"asked of the client":                       `EXISTS (SELECT FROM coaching.satisfaction x` + roleHere + ` WHERE x.id = @satisfaction AND x.client_id = me.client_id)`,
		"arranged it, stands in, or coordinates": `EXISTS (SELECT FROM coaching.stand_in x` + roleHere + ` WHERE x.id = @standin
			AND (me.kind = 'coordinator' OR x.coach_id = me.id OR x.colleague_id = me.id))`,
		"the member's buddy, or asked to be": `EXISTS (SELECT FROM coaching.buddy x JOIN members.member own ON own.cooperative_id = x.cooperative_id
			AND own.id = x.buddy_id AND own.role_id = @me WHERE x.member_id = @member AND x.state IN ('asked', 'on'))`,
		"the member's search":  `EXISTS (SELECT FROM jobs.saved_search x` + mine + ` WHERE x.id = @search)`,
		"the client's refusal": `EXISTS (SELECT FROM members.client_refusal x` + roleHere + ` WHERE x.id = @refusal AND x.client_id = me.client_id)`,
		"between the member and the client": `EXISTS (SELECT FROM jobs.favourite x` + roleHere + ` JOIN members.member m ON m.id = x.member_id
			WHERE x.id = @favourite AND (me.id = m.role_id OR me.client_id = x.client_id))`,
		"offered by the client or to the member": `EXISTS (SELECT FROM jobs.job_offer x` + roleHere + ` JOIN members.member m ON m.id = x.member_id
			WHERE x.id = @job AND (me.id = m.role_id OR me.client_id = x.client_id))`,
		"follows the member": follows,
	}
}

// granted holds while the member lets the acting role do this.
func granted(scope string) string {
	return `EXISTS (SELECT FROM members.access_grant x` + roleHere + ` WHERE x.member_id = @member AND x.grantee_id = me.id AND x.scope = '` + scope + `'
		AND x.revoked_at IS NULL AND x.until >= (@now AT TIME ZONE 'Europe/Amsterdam')::date)`
}

// alsoNeeds is what some routes ask beside their relation: the member's key, or
// that what is named belongs together.
func alsoNeeds() map[string]string {
	return map[string]string{
		"GET /gigs/:gig/photos/:photo":                          `EXISTS (SELECT FROM jobs.gig_photo WHERE id = @photo AND gig_id = @gig)`,
		"GET /gigs/:gig/photos/:photo/small":                    `EXISTS (SELECT FROM jobs.gig_photo WHERE id = @photo AND gig_id = @gig)`,
		"POST /gigs/:gig/photos/:photo/remove":                  `EXISTS (SELECT FROM jobs.gig_photo WHERE id = @photo AND gig_id = @gig)`,
		"GET /caseload/:member/profile":                         granted("profile"),
		"POST /caseload/:member/skills/:skill/confirm":          granted("profile"),
		"GET /caseload/:member/releases":                        granted("profile"),
		"POST /caseload/:member/releases":                       granted("profile"),
		"POST /caseload/:member/releases/:release/yes":          granted("profile"),
		"POST /caseload/:member/progress/goals":                 granted("progress"),
		"POST /caseload/:member/progress/goals/:goal":           granted("progress"),
		"POST /caseload/:member/progress/ladder":                granted("progress"),
		"POST /caseload/:member/progress/steps":                 granted("progress"),
		"POST /caseload/:member/contacts/:contact/back":         `EXISTS (SELECT FROM coaching.contact WHERE id = @contact AND coach_id = @me)`,
		"GET /caseload/:member/statements":                      granted("progress"),
		"POST /caseload/:member/statements":                     granted("progress"),
		"POST /caseload/:member/statements/:statement/summary":  granted("progress"),
		"POST /caseload/:member/statements/:statement/withdraw": granted("progress") + ` AND (` + coaches + ` OR EXISTS (SELECT FROM coaching.statement WHERE id = @statement AND coach_id = @me))`,
		"GET /caseload/:member/statements/:statement":           `(` + granted("progress") + ` OR ` + granted("shared notes") + ` OR ` + granted("hours") + `)`,
		"POST /caseload/:member/statements/:statement/ask":      `(` + granted("progress") + ` OR ` + granted("shared notes") + ` OR ` + granted("hours") + `)`,
		"POST /caseload/:member/statements/:statement/sign":     granted("progress"),
		"GET /caseload/:member/statements/:statement/pdf":       granted("progress") + ` AND ` + granted("shared notes") + ` AND ` + granted("hours"),
		"GET /caseload/:member/statements/:statement/csv":       granted("progress") + ` AND ` + granted("shared notes") + ` AND ` + granted("hours"),
		"GET /caseload/:member/handover":                        coaches,
		"POST /caseload/:member/handover":                       coaches,
		"GET /caseload/:member/buddy":                           coaches,
		"POST /caseload/:member/buddy":                          coaches,
		"GET /caseload/:member/contacts":                        granted("shared notes"),
		"GET /caseload/:member/contacts/new":                    granted("shared notes"),
		"POST /caseload/:member/contacts/new":                   granted("shared notes"),
		"GET /caseload/:member/rails":                           granted("progress"),
		"POST /caseload/:member/rails":                          granted("progress"),
		"POST /caseload/:member/rails/:rail/yes":                granted("progress"),
		"POST /caseload/:member/rails/:rail/no":                 granted("progress"),
		"POST /caseload/:member/rails/:rail/end":                granted("progress"),
		"GET /caseload/:member/offers":                          granted("offers"),
		"POST /caseload/:member/offers/:offer/pass":             granted("offers"),
		"POST /caseload/:member/offers/:offer/hold":             granted("offers"),
		"GET /caseload/:member/refusals":                        granted("offers"),
		"GET /caseload/:member/jobs":                            granted("progress"),
		"POST /caseload/:member/jobs/:job":                      granted("progress") + ` AND EXISTS (SELECT FROM jobs.job_offer WHERE id = @job AND member_id = @member)`,
		"POST /engagements/:engagement/feedback/choose":         `EXISTS (SELECT FROM jobs.feedback WHERE engagement_id = @engagement AND side = 'client' AND sentence IS NOT NULL)`,
		"POST /caseload/:member/card":                           granted("act for me"),
		"POST /pay/:engagement/advance/back":                    `EXISTS (SELECT FROM payments.advance x` + mine + ` WHERE x.id = '` + theirAdvance + `')`,
		"POST /figures/:figure/back":                            `EXISTS (SELECT FROM payments.legal_figure WHERE id = @figure AND added_by = @self)`,
		"POST /progress/score/remove":                           `EXISTS (SELECT FROM coaching.self_score x` + mine + `)`,
		"POST /account/phone/remove":                            `EXISTS (SELECT FROM members.phone WHERE person_id = @self)`,
		"POST /account/app/remove":                              `EXISTS (SELECT FROM members.code_app WHERE person_id = @self AND confirmed_at IS NOT NULL)`,
		"GET /profile/:question":                                `@question IN ('travel', 'skills')`,
		"POST /profile/:question":                               `@question IN ('travel', 'skills')`,
		"POST /members/:member/coach/end":                       `EXISTS (SELECT FROM coaching.caseload WHERE member_id = @member)`,
		"POST /client/people/:role/stop": `EXISTS (SELECT FROM members.role x` + roleHere + ` WHERE x.id = @role AND x.client_id = me.client_id
			AND x.ended_at IS NULL)`,
		"POST /client/invitations/:invitation/stop": `EXISTS (SELECT FROM members.client_invitation x` + roleHere + ` WHERE x.id = @invitation AND x.client_id = me.client_id)`,
		"POST /engagements/:engagement/company": `EXISTS (SELECT FROM jobs.engagement e JOIN jobs.shift s ON s.id = e.shift_id
			JOIN jobs.gig_meeting d ON d.gig_id = s.gig_id AND d.accompanied WHERE e.id = @engagement)`,
		"GET /planning/:shift/ask/:member":     `EXISTS (SELECT FROM members.member x` + roleHere + ` WHERE x.id = @member)`,
		"POST /planning/:shift/ask/:member":    `EXISTS (SELECT FROM members.member x` + roleHere + ` WHERE x.id = @member)`,
		"POST /gigs/:gig/shifts/:shift/ask":    `EXISTS (SELECT FROM jobs.shift WHERE id = @shift AND gig_id = @gig)`,
		"GET /gigs/:gig/shifts/:shift/cancel":  `EXISTS (SELECT FROM jobs.shift WHERE id = @shift AND gig_id = @gig AND called_off_at IS NULL)`,
		"GET /gigs/:gig/shifts/:shift/move":    `EXISTS (SELECT FROM jobs.shift WHERE id = @shift AND gig_id = @gig AND called_off_at IS NULL)`,
		"POST /gigs/:gig/shifts/:shift/move":   `EXISTS (SELECT FROM jobs.shift WHERE id = @shift AND gig_id = @gig AND called_off_at IS NULL)`,
		"POST /gigs/:gig/shifts/:shift/cancel": `EXISTS (SELECT FROM jobs.shift WHERE id = @shift AND gig_id = @gig AND called_off_at IS NULL)`,
	}
}
