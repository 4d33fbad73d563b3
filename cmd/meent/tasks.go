package main

import (
	"time"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
	"meent/web"
	"meent/web/live"
)

// newWorker maps each kind of task to the method that does it: all that crosses
// from one domain to those on its right, on one screen.
func (p *program) newWorker(b *backends, s *services) (*tasks.Worker, error) {
	mails, err := web.NewMails(p.config.url, s.members, s.coaching, s.payments, s.jobs, s.matching, b.mailer(), b.texter)
	if err != nil {
		return nil, err
	}
	news := web.NewNews(live.NewHub(b.redis))

	m, patience := tasks.NewMux(), payments.Patience()
	tasks.Handle(m, mails.SignIn, tasks.Attempts(6))     // members.SignInAsked: make the secrets and mail them
	tasks.Handle(m, mails.EmailAsked)                    // members.EmailAsked: make a code and mail it to the new address
	tasks.Handle(m, mails.PhoneAsked, tasks.Attempts(6)) // members.PhoneAsked: make a code and send it to the number
	tasks.Handle(m, mails.EmailChanged)                  // members.EmailChanged: tell the old address
	tasks.Handle(m, mails.SignInChanged)                 // members.SignInChanged: tell the person
	tasks.Handle(m, mails.PersonErased)                  // members.PersonErased: the last mail, and then the address goes
	tasks.Handle(m, mails.Invited, tasks.Attempts(6))    // members.Invited: make the secret and mail it
	tasks.Handle(m, mails.MembershipMoved)               // members.MembershipMoved: where you stand now
	tasks.Handle(m, mails.StaffAdded)                    // members.StaffAdded: you work here as a coach, or in the office
	tasks.Handle(m, mails.TrialEnds)                     // members.TrialEnds: a week before, somebody has to decide
	tasks.Handle(m, news.Moved)                          // members.Moved: open pages of these people look again
	tasks.HandleTx(m, s.members.TidyTx)                  // members.Tidy: what has run out goes
	tasks.Every(m, time.Hour, members.Tidy{})
	tasks.HandleTx(m, s.coaching.TidyTx) // coaching.Tidy: and here
	tasks.HandleTx(m, s.payments.TidyTx) // payments.Tidy: and here, but for the ledger
	tasks.HandleTx(m, s.jobs.TidyTx)     // jobs.Tidy: and here
	tasks.HandleTx(m, s.matching.TidyTx) // matching.Tidy: and here; at night, each by itself
	tasks.Daily(m, 2, 10, coaching.Tidy{})
	tasks.Daily(m, 2, 20, payments.Tidy{})
	tasks.Daily(m, 2, 40, jobs.Tidy{})
	tasks.Daily(m, 3, 10, matching.Tidy{})

	tasks.Handle(m, mails.ClientDecided)        // members.ClientDecided: may this client post?
	tasks.Handle(m, mails.ColleagueInvited)     // members.ColleagueInvited: make the secret and mail it
	tasks.Handle(m, mails.RestrictionChanged)   // members.RestrictionChanged: there is something to read
	tasks.HandleTx(m, s.members.ReviewClockTx)  // members.ReviewClock: remind, and tell all when it is late; nothing is decided
	tasks.Handle(m, mails.ReviewTold)           // members.ReviewTold: news of a second look
	tasks.Handle(m, mails.UnsafeReported)       // coaching.UnsafeReported: work is unsafe, somebody must look
	tasks.HandleTx(m, s.coaching.UnsafeWaitsTx) // coaching.UnsafeWaits: has anybody looked?
	tasks.Handle(m, mails.UnsafeWaited)         // coaching.UnsafeWaited: nobody has
	tasks.Handle(m, mails.UnsafeClosed)         // coaching.UnsafeClosed: what was done about it
	tasks.Handle(m, mails.ActedFor)             // members.ActedFor: somebody did something in your name
	tasks.Handle(m, mails.ContactLogged)        // coaching.ContactLogged: your coach wrote something down
	tasks.Handle(m, mails.ContactTakenBack)     // coaching.ContactTakenBack: and took it back
	tasks.Handle(m, mails.StatementWaits)       // coaching.StatementWaits: fill in, or sign
	tasks.Handle(m, mails.SatisfactionAsked)    // coaching.SatisfactionAsked: what do you think of the help?
	tasks.Handle(m, mails.GoalWritten)          // coaching.GoalWritten: your coach wrote a goal down
	tasks.Handle(m, mails.WorkStepTold)         // coaching.WorkStepTold: your coach put you on another step of work
	tasks.HandleTx(m, s.coaching.RungDueTx)     // coaching.RungDue: is it time for the ladder?
	tasks.Handle(m, mails.RungTold)             // coaching.RungTold: it is
	tasks.Handle(m, mails.QuestionAsked)        // coaching.QuestionAsked: somebody asks you something
	tasks.HandleTx(m, s.coaching.SilentTx)      // coaching.QuestionSilent: nobody answered in time
	tasks.Handle(m, mails.QuestionPassedOn)     // coaching.QuestionPassedOn: the others hear of it
	tasks.HandleTx(m, s.coaching.HandOverDueTx) // coaching.HandOverDue: the day has begun on which the new coach takes over
	tasks.Handle(m, mails.HandOverNews)         // coaching.HandOverNews: it is about your coach
	tasks.Handle(m, mails.HandOverTold)         // coaching.HandOverTold: and the coaches and the office hear of it
	tasks.Handle(m, mails.CoachMoved)           // coaching.CoachMoved: you have another coach
	tasks.Handle(m, mails.StandInNews)          // coaching.StandInNews: who helps you meanwhile
	tasks.Handle(m, mails.StandInTold)          // coaching.StandInTold: whom you help meanwhile
	tasks.Handle(m, mails.BuddyNews)            // coaching.BuddyNews: your buddy wrote, or something is asked
	tasks.Handle(m, mails.QuestionAnswered)     // coaching.QuestionAnswered: there is an answer for you
	tasks.HandleTx(m, s.coaching.RailReviewTx)  // coaching.RailReview: the day on which both look again
	tasks.Handle(m, mails.RailTold)             // coaching.RailTold: there is news of what you agreed

	tasks.Handle(m, s.payments.FollowEvent, patience...)    // payments.EventReceived: what the gateway told us
	tasks.Handle(m, s.payments.LookAtCheckout, patience...) // payments.LookAtCheckout: has the client paid?
	tasks.Handle(m, s.payments.MakeTransfer, patience...)   // payments.MakeTransfer: a wage to the member's account
	tasks.Handle(m, s.payments.SendPayout, patience...)     // payments.SendPayout: and from there to the bank
	tasks.Handle(m, s.payments.LookAtPayout, patience...)   // payments.LookAtPayout: is it at the bank?
	tasks.Handle(m, s.payments.OpenPayee, patience...)      // payments.OpenPayee: pay is agreed, can they be paid?
	tasks.Handle(m, s.payments.LookAtPayee, patience...)    // payments.LookAtPayee: can they be paid now?
	tasks.HandleTx(m, s.payments.PayRestedTx)               // payments.PayRested: money rested long enough
	tasks.Handle(m, mails.PayWaits)                         // payments.PayWaits: tell us where you are paid
	tasks.Handle(m, mails.BankTold)                         // payments.BankTold: another bank account, was this you?
	tasks.HandleTx(m, s.payments.LookAgainTx)               // payments.LookAgain: ask after what nobody told us of
	tasks.HandleTx(m, s.jobs.FollowPayTx)                   // payments.PayMoved: work is paid, or not any more
	tasks.Handle(m, mails.BillReady)                        // payments.BillReady: there is something to pay
	tasks.Handle(m, mails.PayTold)                          // payments.PayTold: your money is there, or came back
	tasks.Handle(m, mails.AdvanceTold)                      // payments.AdvanceTold: your advance is there, or was refused
	tasks.Handle(m, mails.PayoutsHeld)                      // payments.PayoutsHeld: money waits for a person
	tasks.HandleTx(m, s.payments.SweepTx)                   // payments.Sweep: money that is due and does not move
	tasks.Handle(m, s.payments.LookAtDeposit, patience...)  // payments.LookAtDeposit: did the client pay beforehand?
	tasks.Handle(m, s.payments.ReturnDeposit, patience...)  // payments.ReturnDeposit: what no bill asks for goes back
	tasks.HandleTx(m, s.jobs.FollowDepositTx)               // payments.DepositMoved: a gig that waited for money opens
	tasks.HandleTx(m, s.jobs.DepositsOverTx)                // jobs.DepositsOver: work is over, the rest goes back
	tasks.Every(m, 10*time.Minute, jobs.DepositsOver{})
	tasks.Every(m, 5*time.Minute, payments.LookAgain{})
	tasks.Every(m, 10*time.Minute, payments.Sweep{})
	tasks.Handle(m, s.payments.SendRefund, patience...)    // payments.SendRefund: money goes back to a client
	tasks.Handle(m, s.payments.LookAtRefund, patience...)  // payments.LookAtRefund: is it there?
	tasks.Handle(m, s.payments.LookAtDispute, patience...) // payments.LookAtDispute: a client's bank asks money back
	tasks.Handle(m, s.payments.SendAnswer, patience...)    // payments.SendAnswer: and hears our side
	tasks.Handle(m, s.payments.SendReversal, patience...)  // payments.SendReversal: a wage that was asked back comes back
	tasks.Handle(m, mails.BackTold)                        // payments.BackTold: the office hears of all that
	tasks.Handle(m, mails.BillTold)                        // payments.BillTold: money comes back, or an answer
	tasks.Handle(m, mails.ClawbackTold)                    // payments.ClawbackTold: something was decided about your pay

	tasks.HandleTx(m, s.payments.WatchTx)                                                      // payments.Watch: is this the database of before? does a difference last too long?
	tasks.Handle(m, s.payments.FillGaps, append(patience, tasks.Deadline(10*time.Minute))...)  // payments.FillGaps: events that never came
	tasks.Handle(m, s.payments.Reconcile, append(patience, tasks.Deadline(10*time.Minute))...) // payments.Reconcile: the gateway's books against ours
	tasks.Every(m, time.Minute, payments.Watch{})
	tasks.Every(m, 15*time.Minute, payments.FillGaps{})
	tasks.Every(m, time.Hour, payments.Reconcile{})
	tasks.Daily(m, 3, 20, payments.Reconcile{Whole: true})

	tasks.Handle(m, news.GigPosted)                                                               // jobs.GigPosted: open lists look again
	tasks.Handle(m, mails.HoursProposed)                                                          // jobs.HoursProposed: are these hours right?
	tasks.HandleTx(m, s.jobs.SheetSilentTx)                                                       // jobs.SheetSilent: nobody says anything about hours
	tasks.Handle(m, mails.SheetTold)                                                              // jobs.SheetTold: there is news of hours
	tasks.Handle(m, mails.ShiftComing)                                                            // jobs.ShiftComing: you work tomorrow, or soon
	tasks.Handle(m, s.jobs.FollowGigs(b.index), tasks.Attempts(40))                               // jobs.GigChanged: the browse index looks at the gig
	tasks.Handle(m, s.jobs.FillsIndex(b.index), tasks.Deadline(10*time.Minute))                   // jobs.IndexAsked: the browse index is filled anew
	tasks.Handle(m, s.jobs.ChecksIndex(b.index), tasks.Deadline(10*time.Minute))                  // jobs.IndexCheck: does the browse index hold what it should?
	tasks.HandleTx(m, s.jobs.SearchesDueTx)                                                       // jobs.SearchesDue: who is to hear of new gigs today?
	tasks.Handle(m, mails.SearchNews(b.index), tasks.Attempts(20), tasks.Deadline(2*time.Minute)) // jobs.SearchNews: new gigs that fit what you look for
	tasks.Daily(m, 16, 30, jobs.SearchesDue{})
	tasks.Daily(m, 4, 30, jobs.IndexAsked{Anyway: true})
	tasks.Every(m, 10*time.Minute, jobs.IndexCheck{})

	tasks.HandleTx(m, s.matching.FindTx)           // jobs.GigOpened: each shift looks for its people
	tasks.HandleTx(m, s.matching.FillTx)           // matching.Fill: give seats, ask the next wave
	tasks.HandleTx(m, s.matching.SeatsChangedTx)   // jobs.SeatsChanged: seats came, for the reserve and for others
	tasks.HandleTx(m, s.matching.ShiftRemovedTx)   // jobs.ShiftRemoved: nobody waits for it any more
	tasks.HandleTx(m, s.matching.SeatFreedTx)      // jobs.SeatFreed: who is in reserve gets it, or others are asked
	tasks.HandleTx(m, s.matching.ShiftCalledOffTx) // jobs.ShiftCalledOff: whoever waits for it hears that it is off
	tasks.HandleTx(m, s.matching.ShiftMovedTx)     // jobs.ShiftMoved: who was to come is asked first for the new time
	tasks.Handle(m, mails.MoveUnfit)               // matching.MoveUnfit: the new time does not suit them
	tasks.HandleTx(m, s.jobs.PartPayDueTx)         // jobs.PartPayDue: a bill that the law refused is tried again
	tasks.HandleTx(m, s.jobs.FinishGigsTx)         // jobs.FinishGigs: gigs that are over leave the lists
	tasks.Handle(m, mails.EngagementOver)          // jobs.EngagementOver: somebody does not come
	tasks.Handle(m, mails.WorkOff)                 // jobs.WorkOff: your work is off, or we missed you
	tasks.Handle(m, mails.AbsenceDenied)           // jobs.AbsenceDenied: they say that they were there
	tasks.Handle(m, mails.AbsenceUpheld)           // jobs.AbsenceUpheld: the office looked, and it stays
	tasks.Daily(m, 3, 40, jobs.FinishGigs{})
	tasks.HandleTx(m, s.jobs.FeedbackFixedTx) // jobs.FeedbackFixed: it stands, and what went well is confirmed
	tasks.Handle(m, mails.FeedbackTold)       // jobs.FeedbackTold: somebody said something about the work
	tasks.HandleTx(m, s.jobs.FavouriteOverTx) // jobs.FavouriteOver: no answer came
	tasks.Handle(m, mails.FavouriteTold)      // jobs.FavouriteTold: may this client ask you first?
	tasks.HandleTx(m, s.jobs.JobOfferOverTx)  // jobs.JobOfferOver: no answer came
	tasks.Handle(m, mails.JobTold)            // jobs.JobTold: a job, and what became of it
	tasks.Handle(m, mails.MemberRefused)      // jobs.MemberRefused: a client would rather have somebody else
	tasks.Handle(m, mails.RefusalEnded)       // members.RefusalEnded: and not any more

	tasks.HandleTx(m, s.matching.AskOverTx)         // matching.AskOver: nobody decided in time
	tasks.HandleTx(m, s.matching.MembershipEndedTx) // members.MembershipEnded: nobody waits in vain
	tasks.HandleTx(m, s.matching.ReviewClockTx)     // matching.ReviewClock: remind who looks, and tell all when it is late; nothing is decided
	tasks.Handle(m, mails.WhyTold)                  // matching.ReviewTold: news of a question why
	tasks.HandleTx(m, s.matching.CoachTimeTx)       // matching.CoachTime: the coach had their time, the member gets it
	tasks.HandleTx(m, s.matching.CoachRailEndedTx)  // coaching.CoachRailEnded: no coach looks first any more
	tasks.HandleTx(m, s.matching.TellChangedTx)     // jobs.GigTextChanged: whom does the change concern?
	tasks.Handle(m, mails.ChangeTold)               // matching.ChangeTold: your work was changed
	tasks.Handle(m, mails.OfferWaits)               // matching.OfferWaits: an offer waits for you, before your member gets it
	tasks.Handle(m, mails.OfferSent)                // matching.OfferSent: there is work for you
	tasks.Handle(m, mails.OfferDecided)             // matching.OfferDecided: agreed, reserve, or not this time
	tasks.Handle(m, mails.SeatAsked)                // matching.SeatAsked: somebody wants to come
	addDrill(m, b)
	return tasks.NewWorker(s.queue, b.redis, m)
}
