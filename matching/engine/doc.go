// Package engine finds, in memory, who may be asked for a shift and which shifts a
// member may have, and gives each its points. It is pure: it reads no database, no
// clock and no randomness, and the same input gives the same bytes.
//
// It only proposes. Postgres is the judge: matching.Check holds the same rules once
// more, written apart from this package, in the transaction that writes an offer and
// again when a seat is given; TestCheckIsTheColumns of matching holds the two
// against each other, rule by rule.
//
// Member is all that it knows of a person. It has no field for origin, gender, age,
// diagnosis, benefit or past convictions, and none for answers to earlier offers: a
// test holds that. Who told nothing of a thing is not limited by it.
//
// Columns holds the members in pages of those who live near each other and travel about
// as far. A page knows of each skill who has it and how well, of each quarter of a week
// who can work then, and of each limit who bears it, all as bits of its rows: so it is
// looked through in a few words. Who passes waits, with the most points that they can
// have, which is quickly said and mostly exact: who can have the most is judged first,
// until nobody who still waits can come into the list; and only who is in it at the end
// is explained. Many pages are shared among all processors. A page never changes: a write
// makes others, which share what stays as it is, and shows them all at once, so that each
// View is one state, without locks. Shifts holds open work in the same way, by a skill
// without which nobody can do it.
//
// The program asks who may be asked for a shift (Best), and which shifts a member may
// have (Shifts.For), and what stops everybody else (Stopped). Judge and NearMisses are
// for tests and benchmarks.
//
// Numbers that are out of bounds are kept at the bound, a moment in microseconds, what
// somebody wants to work in minutes, and pay below nothing as nothing.
//
// The points of a member for a shift are a sum (Score) of parts that are each
// bounded by a published weight (Weights) and grow with what the member brings; the
// explanation of an offer is made of the same Facts, so it can be computed again
// years later. Ties break by a lot drawn for each shift, never by id.
package engine
