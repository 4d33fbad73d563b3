// Package coaching is the coach's side of members: who follows whom,
// and what happened.
//
// A member has at most one coach in a cooperative: whom a coordinator assigns, or
// the coach who invited them. A coach finds their own
// caseload here and nobody else's. What a coach reads of a member beyond name and
// place comes with the member's grants: the timeline, made of facts that other
// domains report, each kind with the scope that it needs.
// The caseload is sorted by signal: each has a rule, one sentence and one thing to
// do, and is made of facts and of what the coach did. needs and signalNeeds say
// which keys open what. No signal counts for or against anybody, and matching reads
// none.
// A coach whom the member lets act for them prints a card with which the member
// signs in once.
//
// What a member asks their coach is asked → answered. Nobody needs a grant to
// answer: the member wrote to them. Where nobody is the coach it goes to the
// coordinators at once; what nobody answered for 24 hours on working days is
// told to them too, and nothing else follows from silence.
//
// A report of unsafe work is reported → taken → closed. It lives here and not in
// jobs, for it is between a member, their coach and the office: the engagement is
// a reference. Who looks at it is a named person; when nobody does for four hours
// the coordinators are told again. No client ever reads one.
//
// Questions, answers, reports and what was done about them are sealed with the
// key of the member.
//
// Facts, answered questions and closed reports go by the rules of
// internal/retention (Tidy).
//
// The schema "coaching" is written here and nowhere else.
package coaching
