// Package matching owns offers: which member is asked for which seat, in what
// order, and why.
//
// It promises that saying no is free, that every offer explains itself, and
// that origin, gender, age, diagnosis, benefit and past convictions never enter:
// Candidate, all that the matcher knows of a member, has no field for them. A
// matcher only proposes; the rules are judged again in the transaction that
// writes an offer, and once more (Check) before a seat is given.
//
//	offer  sent → yes | no | expired | withdrawn
//	       asked (by the member) → yes | refused | expired | withdrawn
//	       yes → confirmed | reserve | withdrawn
//	       reserve → confirmed | thanked
//
// Offers for a shift go out in a wave. All yeses wait until the wave's window
// closes; then the highest points get the seats and the others are reserve, so
// that nobody has to be quick. What a member asks for is decided by a human: the
// client of the gig, or a coordinator. It ends when the shift is full, or two
// hours before it begins, so that nobody waits in silence.
//
// Members who told when they can work, and how many offers may wait for them,
// are asked for nothing else; who told nothing is not limited, and whoever asks
// for a time says that they can. None of it gives or takes points.
//
// An offer goes with its explanation two years after its window, by the rules of
// internal/retention (Tidy), unless somebody still has to answer or decide, or its
// work goes on.
//
// The schema "matching" is written here and nowhere else.
package matching
