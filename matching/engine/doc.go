// Package engine finds, in memory, who may be asked for a shift and which shifts a
// member may have, and gives each its points. It is pure: it reads no database, no
// clock and no randomness, and the same input gives the same bytes.
//
// It only proposes. Postgres is the judge: matching.Check holds the same rules once
// more, written apart from this package, in the transaction that writes an offer and
// again when a seat is given; tests hold the two against each other.
//
// Member is all that it knows of a person. It has no field for origin, gender, age,
// diagnosis, benefit or past convictions, and none for answers to earlier offers: a
// test holds that. Who told nothing of a thing is not limited by it.
//
// Columns holds the members in pages of neighbours, with the holders of each skill and
// their levels inside a page, and a roaring bitmap for each skill of the pages that it
// is in. A page never changes: a write makes others and shows them all at once, so that
// each View is one state, without locks. Gigs holds open work in the same way.
//
// The points of a member for a shift are a sum (Score) of parts that are each
// bounded by a published weight (Weights) and grow with what the member brings; the
// explanation of an offer is made of the same Facts, so it can be computed again
// years later. Ties break by a lot drawn for each shift, never by id.
package engine
