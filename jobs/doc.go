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
// Shifts that come again are made of a rule (Series) or of a week that is copied,
// at the time of the clocks on the wall, and at most a hundred a gig. To a posted
// gig more may come, by the same rules as at posting, and people are asked for
// them. Seats never become fewer than those who are confirmed; a shift on which
// nobody works can be taken out, and who was asked is told.
//
// How a gig goes on the day itself (Meeting), with a name and a number, is for who
// works there and those who run the gig. Whether a briefing was read is shown to
// both sides, and opens and closes nothing.
//
// A draft is a gig that is described in three steps, of which anything but the
// place may still lack; only those who run it see it, they can throw it away, and
// Open refuses what Post refuses. Once a gig is open, members are asked for it:
// what decided who was asked stays as it is, the rate only goes up, and of what
// else changes everybody is told whom it concerns, at most once a day (State.Change).
//
// Agreed hours become a bill in the same
// transaction, with the contribution that the cooperative asks at that moment.
//
// Work that is over goes with its hours, by the rules of internal/retention
// (Tidy): what did not come after two years, what was paid after seven. A gig
// stays, without its text, its photos and its address. A draft goes when nobody wrote
// at it for 90 days.
//
// The schema "jobs" is written here and nowhere else.
package jobs
