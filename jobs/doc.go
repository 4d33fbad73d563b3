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
//	            absent → confirmed (a coordinator found that the member was there)
//	timesheet   member_proposed ⇄ client_proposed → agreed ;  either → disputed → agreed
//
// A member calls off until the shift ends, for a reason or for none, and nothing
// follows from it; nor from not coming, which only a human says, and to which the
// member can answer. The seat is free at once. A client who calls work off within
// the notice time of the cooperative pays part of the wage, never less than half:
// hours that nobody is asked for, agreed and billed in the same transaction. What
// is called off holds no seat, also where part of it is paid. A shift of one seat
// less, a shift and a gig are called off in the same way, and who runs the gig sees
// before what it costs. A paused gig asks nobody new; one without a shift to come
// is done, a day later by itself.
//
// Who is engaged is reminded on the day before and two hours before, of what is
// then still agreed.
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
