// Package coaching is the coach's side of members: who follows whom.
//
// A member has at most one coach in a cooperative. A coach finds their own
// caseload here and nobody else's; what a coach may read of a member beyond the
// name comes with the member's grants.
//
// The schema "coaching" is written here and nowhere else.
package coaching
