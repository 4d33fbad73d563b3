// Package coaching is the coach's side of members: who follows whom,
// and what happened.
//
// A member has at most one coach in a cooperative: whom a coordinator assigns, or
// the coach who invited them. A coach finds their own
// caseload here and nobody else's. What a coach reads of a member beyond name and
// place comes with the member's grants: the timeline, made of facts that other
// domains report, each kind with the scope that it needs.
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
// What a member wants to reach is a goal with steps: open → met | not_met |
// needs_more, and open again. The member writes down, ticks off and judges alone;
// their coach does too with the grant for the progress. How it goes the member says
// once a week; that is their own, and a coach reads it with a grant of its own. On
// which step of the participation ladder a member stands the one side proposes and
// the other sets: proposed → set | dropped. Facts point to a step, and half a year
// later both are told that it is time for a look; neither sets anything.
//
// Facts, answered questions and closed reports go by the rules of
// internal/retention (Tidy).
//
// The schema "coaching" is written here and nowhere else.
package coaching
