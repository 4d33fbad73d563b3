package main

import (
	"time"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
	"meent/web"
	"meent/web/live"
)

// newWorker maps each kind of task to the method that does it: all that crosses
// from one domain to those on its right, on one screen.
func (p *program) newWorker(b *backends, s *services) (*tasks.Worker, error) {
	mails, err := web.NewMails(p.config.url, s.members, s.matching, b.mailer())
	if err != nil {
		return nil, err
	}
	news := web.NewNews(live.NewHub(b.redis))

	m := tasks.NewMux()
	tasks.Handle(m, mails.SignIn, tasks.Attempts(6))                            // members.SignInAsked: make the secrets and mail them
	tasks.Handle(m, news.GigPosted)                                             // jobs.GigPosted: open lists look again
	tasks.Handle(m, s.jobs.FollowGigs(b.index), tasks.Attempts(40))             // jobs.GigChanged: the browse index looks at the gig
	tasks.Handle(m, s.jobs.FillsIndex(b.index), tasks.Deadline(10*time.Minute)) // jobs.IndexAsked: the browse index is filled anew
	tasks.HandleTx(m, s.matching.FindTx)                                        // jobs.GigOpened: each shift looks for its people
	tasks.HandleTx(m, s.matching.FillTx)                                        // matching.Fill: give seats, ask the next wave
	tasks.Handle(m, mails.OfferSent)                                            // matching.OfferSent: there is work for you
	tasks.Handle(m, mails.OfferDecided)                                         // matching.OfferDecided: agreed, reserve, or not this time
	tasks.Handle(m, mails.SeatAsked)                                            // matching.SeatAsked: somebody wants to come
	tasks.HandleTx(m, s.matching.AskOverTx)                                     // matching.AskOver: nobody decided in time
	tasks.HandleTx(m, s.members.TidyTx)                                         // members.Tidy: what has run out goes
	tasks.Every(m, time.Hour, members.Tidy{})
	tasks.Daily(m, 4, 30, jobs.IndexAsked{Anyway: true})
	addDrill(m, b)
	return tasks.NewWorker(s.queue, b.redis, m)
}
