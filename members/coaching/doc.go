// Package coaching is the coach's side of members: who follows whom,
// and what happened.
//
// A member has at most one coach in a cooperative: whom a coordinator assigns, or
// the coach who invited them. A coach finds their own
// caseload here and nobody else's. What a coach reads of a member beyond name and
// place comes with the member's grants: the timeline, made of facts that other
// domains report, each kind with the scope that it needs.
//
// The schema "coaching" is written here and nowhere else.
package coaching
