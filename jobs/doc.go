// Package jobs owns posted work: gigs and their shifts. It is called jobs
// because that is the field's word for the subject; a piece of work is a gig.
//
// It promises that no gig is posted below the legal floor of any of its days,
// that a client's contact touches only their own client's gigs, and that an
// exact address is shown only to those who run the gig.
//
//	gig  draft → open ⇄ paused → done | cancelled
//
// A draft can be cancelled too. Seats, engagements and timesheets come with the
// issues that own them.
//
// The schema "jobs" is written here and nowhere else.
package jobs
