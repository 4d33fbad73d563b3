// Package coaching is the coach's side of members: who follows whom,
// and what happened.
//
// A member has at most one coach in a cooperative. A coach finds their own
// caseload here and nobody else's. What a coach reads of a member beyond name and
// place comes with the member's grants: the timeline, made of facts that other
// domains report, each kind with the scope that it needs.
// A coach whom the member lets act for them prints a card with which the member
// signs in once.
//
// The schema "coaching" is written here and nowhere else.
package coaching
