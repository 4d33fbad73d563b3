// Package matching owns offers: which member is asked for which seat, in what
// order, and why.
//
// It promises that saying no is free, that every offer explains itself, and
// that origin, gender, age, diagnosis, benefit and past convictions never enter:
// Candidate, all that the matcher knows of a member, has no field for them. A
// matcher only proposes; the rules are judged again in the transaction that
// writes an offer, and once more (Check) before a seat is given.
//
//	offer  waiting_coach → sent | withdrawn
//	       sent → yes | no | expired | withdrawn
//	       asked (by the member) → yes | refused | expired | withdrawn
//	       yes → confirmed | reserve | withdrawn
//	       reserve → confirmed | thanked | withdrawn
//
// Offers for a shift go out in a wave, as small as gives each free seat a yes with
// enough certainty: that rises with each wave before it, and as the shift comes nearer. It
// is reckoned with one figure for the cooperative, never with one for a person. All yeses
// wait until the wave's window closes; then the highest points get the seats and the
// others are reserve, so that nobody has to be quick. What a member asks for is decided by
// a human: the client of the gig, or a coordinator. It ends when the shift is full, or two
// hours before it begins, so that nobody waits in silence.
//
// A seat that comes free goes to who is in reserve, by points; otherwise others are
// asked at once, also after the shift has begun when somebody is missing there and
// more than an hour is left. Of a shift that is called off everybody who waits
// hears, and what a member asked ends with the reason. An offer outlives its gig:
// whom it was made to reads it, and can ask why, when the gig rests or is over.
//
// The points are a sum of seven parts (engine.Score), each bounded by a weight. The
// weights are published and versioned: a coordinator adds a version with the reason of
// the decision, and no version ever changes. With an offer are stored its points, the
// version, and the facts of which they are made, so that it can be computed again
// (Replay).
//
// That one record is read by four (Explanation.Says): the member reads every reason, a
// coach those that the member lets them read, what is health or money only with the
// profile, a coordinator who plans skills, the way and earlier work, and a client how much
// of the asked skills somebody can and that they can come.
//
// A coordinator may choose somebody by hand (OfferTo), always for a reason, which the
// member reads with the name. Every rule holds; only the points are passed over.
//
// A member asks a person why they were asked for a shift, or not (Review): a named coach
// or coordinator, not the one who decided, answers with reasons within fourteen days. A
// clock reminds and tells when it is late; it decides nothing. A correction is something
// real: the shift is offered by hand, or what was known of the member is mended. Without the
// member's leave who looks reads only rules of which the office knows already; whom the
// member keeps away, never.
//
// Where a shift has more free seats than there are members who can do it (Shortage), a
// coordinator reads which rules stop how many, fewer than five without the number; health
// and money from five on, and never what was agreed with a coach or whom a member keeps
// away. The client reads the one change of time, place, skills or seats that would let in
// most people, if these are five or more: it is made for each member in thought, so that
// nothing else stops them. They read it only where too few could come if nothing stopped
// anybody but what a client can change: with a gig that one person can do nobody finds out
// what that one bears or agreed. None of it depends on what anybody answered.
//
// What members told that they can bear, need and want is a rule where they told it:
// how heavy work is, that somebody helps, what it must be like, how much Dutch, pay and
// work, and how many days between. Who asks for work says that they can do it, but not
// that nobody needs to help, nor that they may earn more. Clients read none of it.
//
// Members who told when they can work, and how many offers may wait for them,
// are asked for nothing else; who told nothing is not limited, and whoever asks
// for a time says that they can. None of it gives or takes points.
//
// Guard rails that a member and their coach agreed (coaching.RailsTx) are rules
// and never points: they hold when an offer is written, when it is sent on, and
// again when a seat is given. Only the two ever read them. Where it is agreed, and
// the coach may read offers, an offer waits for the coach first: after four
// working hours, or half of its window, it goes to the member by itself. It has a
// place among those that wait for the member from the beginning, so that there are
// not too many when it comes. What the coach holds back the member hears of, with
// the reason, and can still ask.
//
// Of a new shift the favourites of its client are asked first, when they fit: those
// whom it asked, and who wanted that. The others follow when that window closes. It
// changes no points. Who a client refuses for a while gets none of its work; they
// read that, and why, and can have it looked at again.
//
// A member who looks around sees what they can do of all that is open, and of the
// rest why not (Prospects), by the rules of Check. It gives and takes no points, and
// reads no earlier answer. What suits them best comes first (CanDo), by the points by
// which they would be asked, and three of it are suggested (Suggestions): the engine
// finds them and the tables judge; where no engine is in step, the tables find the same.
// A client who is asked for a seat reads a card without a name until they say yes.
//
// What the engine keeps in memory follows the tables: triggers of this schema, on each
// table that Loader reads, name who changed in the feed (internal/feed), in the
// transaction of the change. A Keeper loads each cooperative and reads those again, so
// that no verb, here or further left, can forget to tell. It keeps nothing that
// Candidate could not hold. The programs that choose each run one; while it loads, has
// fallen behind or has a fault, the tables alone choose, and the same people. A fault is
// logged and counted, and ends nothing.
//
// What of a member each rule and each kind of points reads is said in one table (Reads,
// Sources), from which the entry for a register of algorithms is made. A test tries every
// rule on everything that is known of a member, and finds just that.
//
// How work was shared can be looked at (Fairness): the hours that members received
// against those that they want, as the curve of Lorenz and one number, and which seats
// were filled. It is of whole weeks that are over, names no member, and nothing in it is
// about fewer than ten people, also not when one part is subtracted from another, nor when
// somebody left between two looks.
//
// There is no table "profile" with a row for each member: it would be one more copy of
// what members told of their health, to be kept, exported, erased and trusted, and the
// feed names who changed without it. A look at some members each second finds what
// drifted. Of health a second copy stands in the facts by which an offer is explained,
// which goes with the offer, and in the file of a Keeper.
//
// That file is saved every five minutes, so that a program that was killed need not read
// everything again. Only its owner may read it, and nobody can without its secret, which
// is drawn anew for each file and stands in the database (matching.keeper). An erasure
// takes the secrets of all files away, in its own transaction: what was saved before is
// noise from then on. What somebody only takes back is out of the file five minutes
// later; the secret of a program that stopped goes after two days. A file that is
// broken, of another build, day or database, or too old for the feed is thrown away.
//
// An offer goes with its explanation two years after its window, by the rules of
// internal/retention (Tidy), unless somebody still has to answer or decide, or its
// work goes on.
//
// The schema "matching" is written here and nowhere else.
package matching
