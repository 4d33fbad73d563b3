// Package jobs owns posted work: gigs, their shifts and seats, and the hours of
// who worked; and the index by which gigs are found. It is called jobs because
// that is the field's word for the subject; a piece of work is a gig.
//
// It promises that no gig is posted below the legal floor of any of its days,
// that a client's contact touches only their own client's gigs, and that an
// exact address is shown only to those who run the gig and who hold a seat of it;
// all others see the place.
//
//	gig  draft → open ⇄ paused → done | cancelled
//
//	engagement  confirmed → started → finished → agreed → billed ⇄ paid ;  agreed → closed
//	            confirmed → cancelled | absent ;  started → cancelled ;  cancelled → agreed
//	            absent → confirmed (a coordinator found that the member was there)
//	timesheet   empty → member_proposed | client_proposed ;  member_proposed ⇄ client_proposed → agreed ;  either → disputed → agreed
//
// A member calls off until the shift ends, for a reason or for none, and nothing
// follows from it; nor from not coming, which only a human says, and to which the
// member can answer: then a coordinator looks, is reminded, and finds that they were
// there, which the client cannot undo, or that it stays, for a reason that the member
// reads (absent_decide.go). Who may move work from where is one table
// (engagement_move.go), and nobody decides about their own work in another role. The seat is free at once. A client who calls work off within
// the notice time of the cooperative pays part of the wage, never less than half:
// hours that nobody is asked for, agreed and billed in the same transaction. Work that
// has begun is stopped instead (stop.go): who was not missed was there, until then
// counts as planned, their hours are said as always, and never less is paid than for
// work called off late. What
// is called off holds no seat, also where part of it is paid. One person less is one
// seat less of the kind that they had, and nobody learns alone (seat_less.go): the
// last buddy of a shift gets a seat to work. A shift of one seat
// less, a shift and a gig are called off in the same way, and who runs the gig sees
// before what it costs. A paused gig asks nobody new; one without a shift to come
// is done, a day later by itself.
//
// A shift of an open gig gets another time (shift_move.go) by a new one that takes
// its place: nobody is moved with it. For who would have come the old one is called
// off by the client, with all that follows from it, and they are asked first for the
// new one (matching/shift_moved.go).
//
// Who is engaged is reminded on the day before and two hours before, of what is
// then still agreed. On the day they can say on a phone that they are there, and
// done (clock.go): when, and never where. Who forgets loses nothing.
//
//	who may        propose  agree  dispute  decide       is silent
//	empty          member                                planned hours
//	               client, after five days or by the clock
//	member's word  client   client client                as the member said
//	client's word  member   member member                the most of the two
//	disputed                                coordinator
//
// A coordinator says for the client what the client may (for_client.go): a deed, and
// never about their own work. Where nobody of a client can sign in the office is told
// what the client would be, and more than was planned is not agreed by silence.
//
// What was said is kept, word for word (sheet_step.go). After seven days of
// silence the program agrees in favour of the member, and says that no human did
// (silence.go): money for the member, and no restriction of anybody. Both can ask
// the office afterwards. Where nobody proposed it is the planned hours, also when
// the clock says more: nobody was asked about that.
//
// What the law does not let be billed (a minor, a rate below the floor, no known
// figure) keeps nobody else back (unbilled.go): after silence the hours stay as they
// are, and where work is called off late no part is paid. The coordinators hear of
// it, for hours each week in which it is tried again, until a human has acted.
//
// Hours that wait without a timer, of work from before there were any, get one each
// night, and then every reminder in turn (untimed.go).
//
// A dispute leaves the engagement finished. What is beyond doubt is billed at
// once; a coordinator who is on neither side decides about the rest, between that
// and the most that a side said last, and only then it goes on: agreed, billed,
// paid once all its bills are, or closed when nothing was worked. Two bills come to
// the cents of one.
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
// A draft is a gig that is described in three steps, of which anything but the
// place may still lack; only those who run it see it, they can throw it away, and
// Open refuses what Post refuses. Once a gig is open, members are asked for it:
// what decided who was asked stays as it is, the rate only goes up, and of what
// else changes everybody is told whom it concerns, at most once a day (State.Change).
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
// Agreed hours become a bill in the same
// transaction, on the terms on which the seat was given: wage, contribution, notice and
// late share stay with the engagement (terms.go). A raise of an open gig is for everybody
// who still has to work there, as the page says; what is over stays as it was.
//
// What counts as a seat that is held, work that was done and a shift that takes
// place is one condition each (facts_store.go), here and to the right; who is told
// about an engagement is found in one way (told_store.go).
//
// Work that is over goes with its hours, by the rules of internal/retention
// (Tidy): what did not come after two years, what was paid after seven. A gig
// stays, without its text, its photos and its address. A draft goes when nobody wrote
// at it for 90 days.
//
// A member takes a record of work with them (Record), which says nothing of pay,
// limits or reasons; a client a statement for social return (SocialReturn), which
// names nobody. Both count agreed hours alone. Waits says what a gig waits for.
//
// Browse finds open gigs with a free seat. The index (Index: jobs/bleveindex inside
// the program, or jobs/meiliindex) only finds: what a page shows is read again from
// Postgres, so that nothing is shown that has closed or that the member keeps away
// (recheck.go). Tasks follow every change (FollowGigs); once in a while what the index
// holds is compared with what it should, counted and put right (ChecksIndex). One that
// is down or slow gets 150 ms, and after three failures a rest that doubles to minutes
// (breaker.go): then Postgres finds all but stems and typing errors, and the page says
// so (plain.go).
//
// Where the cooperative wants it, its open gigs are also for who is no member (public.go):
// what the list shows of them, and never an address, a person or who asked.
//
// What a member looks for again and again (Saved) is sealed with their key. They are
// told of each gig that fits once, in at most one mail a day, and of none that the
// list of gigs would not show them at that moment (News). Nobody else reads it, and
// it is no input of any rank.
//
// The schema "jobs" is written here and nowhere else.
package jobs
