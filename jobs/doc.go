// Package jobs owns posted work: gigs, their shifts and seats, and the hours of
// who worked; and the index by which gigs are found. It is called jobs because that is the field's word for the subject; a piece of work is a gig.
//
// It promises that no gig is posted below the legal floor of any of its days,
// that a client's contact touches only their own client's gigs, and that an
// exact address is shown only to those who run the gig.
//
//	gig  draft → open ⇄ paused → done | cancelled
//
//	engagement  confirmed → started → finished → agreed → billed ⇄ paid ;  agreed → closed
//	            confirmed → cancelled | absent ;  started → cancelled ;  cancelled → agreed
//	timesheet   member_proposed ⇄ client_proposed → agreed ;  either → disputed → agreed
//
// Who is engaged is reminded on the day before and two hours before, of what is
// then still agreed.
//
//	favourite   asked → on | refused | withdrawn | expired ;  on → ended
//	job offer   asked ⇄ coach_first → with_coach → taken | declined ;  each that waits → withdrawn | expired
//
// After agreed work each side can say something about it, once, for thirty days:
// the client in words about skills, for the member alone; the member about the
// place, for the client and the office. Nothing of it is added up, is public, or
// enters matching. After a day it stands, and what went well is confirmed. A client
// can ask a member to be asked first, can offer them a job without a fee, which
// member and coach decide together, and can refuse them: with a reason that they
// read, until a day, and open to a second look (members.ClientRefusal).
//
// A draft can be cancelled too. Agreed hours become a bill in the same
// transaction, with the contribution that the cooperative asks at that moment.
//
// Work that is over goes with its hours, by the rules of internal/retention
// (Tidy): what did not come after two years, what was paid after seven. A gig
// stays, without its text and its address.
//
// The schema "jobs" is written here and nowhere else.
package jobs
