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
// Who follows whom on a day is said by one view, coaching.follower: the coach, and
// a colleague who stands in for them for at most six weeks. A member goes to another
// coach by a hand-over that they agree to: proposed → agreed | refused | withdrawn,
// agreed → done | refused | withdrawn. On its day the former coach's keys end, and
// those of who stood in; the new coach has none until the member gives some. Without
// asking, only the office moves a member, with a written reason that they hear of.
//
// A buddy is another member: asked → on | refused, on → ended. They write to each
// other, and the buddy reads the agenda while the member lets them; nothing else.
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
