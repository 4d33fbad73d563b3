package web

import (
	"net/http"
	"strconv"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// showOfferJob handles GET /engagements/:engagement/job.
func showOfferJob(r *request) error {
	return r.page(http.StatusOK, r.t("job.offer"), offerJobBody(r, r.emptyForm()))
}

// offerJob handles POST /engagements/:engagement/job.
func offerJob(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	starts, _ := f.day("starts")
	n := jobs.NewJobOffer{Title: f.text("title"), Hours: f.number("hours"), Starts: starts, Words: f.lines("words")}
	if !f.bad() {
		_, err = r.web.Jobs.OfferJob(r.Request.Context(), r.actor, r.work.ID, n)
		if err := f.wrong(err); err != nil {
			return err
		}
	}
	if f.bad() {
		return r.page(http.StatusUnprocessableEntity, r.t("job.offer"), offerJobBody(r, f))
	}
	r.flash("job.offered")
	return r.to("/jobs")
}

// jobOffers handles GET /jobs: to each of the three what they may know.
func jobOffers(r *request) error {
	list, err := r.web.Jobs.JobOffers(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	var taken []jobs.JobsTaken
	if r.actor.Kind == members.RoleCoordinator {
		if taken, err = r.web.Jobs.JobsTaken(r.Request.Context(), r.actor); err != nil {
			return err
		}
	}
	return r.page(http.StatusOK, r.jobsTitle(), jobOffersBody(r, list, taken))
}

func (r *request) jobsTitle() string { return r.words.With("job.list."+string(r.actor.Kind), nil) }

// jobOffer handles GET /jobs/:job.
func jobOffer(r *request) error { return r.jobPage(http.StatusOK, r.emptyForm()) }

func (r *request) jobPage(status int, f *form) error {
	offer, err := r.jobID()
	if err != nil {
		return err
	}
	o, err := r.web.Jobs.JobOffer(r.Request.Context(), r.actor, offer)
	if err != nil {
		return err
	}
	return r.page(status, r.t("job.title"), jobBody(r, o, f))
}

func (r *request) jobID() (jobs.JobOfferID, error) { return id.Parse[jobs.JobOffer](r.Param("job")) }

// takeJob handles POST /jobs/:job/yes.
func takeJob(r *request) error { return r.answerJob(jobs.JobYes, "job.said_yes") }

// declineJob handles POST /jobs/:job/no.
func declineJob(r *request) error { return r.answerJob(jobs.JobNo, "job.said_no") }

func (r *request) answerJob(say jobs.JobWord, said string) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	offer, err := r.jobID()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Jobs.AnswerJob(r.Request.Context(), r.actor, offer, say, f.lines("reason"))); err != nil {
		return err
	}
	if f.bad() {
		return r.jobPage(http.StatusUnprocessableEntity, f)
	}
	r.flash(said)
	return r.to("/jobs/" + offer.String())
}

// askCoachAboutJob handles POST /jobs/:job/coach.
func askCoachAboutJob(r *request) error {
	return r.moveJob("job.asked_coach", func(offer jobs.JobOfferID) error {
		return r.web.Jobs.AskCoachFirst(r.Request.Context(), r.actor, offer)
	})
}

// withdrawJob handles POST /jobs/:job/withdraw.
func withdrawJob(r *request) error {
	return r.moveJob("job.taken_back", func(offer jobs.JobOfferID) error { return r.web.Jobs.WithdrawJob(r.Request.Context(), r.actor, offer) })
}

func (r *request) moveJob(said string, move func(jobs.JobOfferID) error) error {
	offer, err := r.jobID()
	if err != nil {
		return err
	}
	if err := move(offer); err != nil {
		return err
	}
	r.flash(said)
	return r.to("/jobs/" + offer.String())
}

// caseloadJobs handles GET /caseload/:member/jobs: those of which the member told
// their coach.
func caseloadJobs(r *request) error { return r.caseloadJobsPage(http.StatusOK, r.emptyForm()) }

func (r *request) caseloadJobsPage(status int, f *form) error {
	list, err := r.web.Jobs.JobOffersOf(r.Request.Context(), r.actor, r.member.Member)
	if err != nil {
		return err
	}
	return r.page(status, r.t("job.of", "Name", r.member.Name), caseloadJobsBody(r, list, f))
}

// adviseJob handles POST /caseload/:member/jobs/:job.
func adviseJob(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	offer, err := r.jobID()
	if err != nil {
		return err
	}
	err = r.web.Jobs.AdviseJob(r.Request.Context(), r.actor, r.member.Member, offer, jobs.JobWord(f.text("say")), f.lines("words-"+offer.String()))
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		f.move("words", "words-"+offer.String())
		f.move("say", "say-"+offer.String())
		return r.caseloadJobsPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("job.advised")
	return r.to(r.timelinePath() + "/jobs")
}

// jobState is how it stands for this reader.
func (r *request) jobState(o jobs.JobOffer) string {
	return r.words.With("job.state."+string(r.actor.Kind)+"_"+string(o.State), map[string]any{"Day": r.words.LongDate(o.Due)})
}

// jobWaits reports whether it waits for this reader: the member answers.
func (r *request) jobWaits(o jobs.JobOffer) bool {
	return r.actor.Kind == members.RoleMember && o.State.Live()
}

func (r *request) jobTone(o jobs.JobOffer) ui.Tone {
	switch {
	case o.State == jobs.JobTaken:
		return ui.Good
	case r.jobWaits(o):
		return ui.Waits
	default:
		return ui.Neutral
	}
}

func (r *request) jobFacts(o jobs.JobOffer) []ui.Fact {
	facts := []ui.Fact{
		{Icon: ui.IconClock, Text: r.words.N("job.hours", o.Hours)},
		{Icon: ui.IconCalendar, Text: r.t("job.starts", "Day", r.words.DayOf(o.Starts))},
	}
	if r.actor.Kind != members.RoleClient {
		facts = append(facts, ui.Fact{Icon: ui.IconClient, Text: o.ClientName})
	}
	if r.actor.Kind != members.RoleMember {
		facts = append(facts, ui.Fact{Icon: ui.IconPerson, Text: o.MemberName})
	}
	return facts
}

// takenCount says how many found a job in a year.
func (r *request) takenCount(t jobs.JobsTaken) string {
	year := strconv.Itoa(t.Year)
	if t.Few {
		return r.t("job.count_few", "Year", year, "Few", jobs.FewestTold)
	}
	return r.t("job.count", "Year", year, "Count", t.Taken)
}

// jobPath leads to one offer, for who has a page of it.
func (r *request) jobPath(o jobs.JobOffer) string {
	if r.actor.Kind == members.RoleCoordinator {
		return ""
	}
	return "/jobs/" + o.ID.String()
}
