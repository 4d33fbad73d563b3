package web

import (
	"net/http"
	"strings"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
	"meent/web/words"
)

// showMeeting handles GET /gigs/:gig/meeting: how the gig goes on the day itself.
func showMeeting(r *request) error {
	f := r.emptyForm()
	f.fillMeeting(r.gig.Meeting)
	return r.meetingPage(http.StatusOK, f)
}

// changeMeeting handles POST /gigs/:gig/meeting.
func changeMeeting(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Jobs.ChangeMeeting(r.Request.Context(), r.actor, r.gig.ID, f.meeting())); err != nil {
		return err
	}
	if f.bad() {
		return r.meetingPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("meeting.saved")
	if r.gig.State == jobs.Draft {
		return r.to(stepPath(r.gig.ID, stepWhen))
	}
	return r.to("/gigs/" + r.gig.ID.String())
}

func (r *request) meetingPage(status int, f *form) error {
	return r.page(status, r.t("meeting.title"), meetingBody(r, f))
}

// meetingFieldNames are the fields in the order of the page.
func meetingFieldNames() []string {
	return []string{"remote", "point", "contact_name", "contact_phone", "travel", "travel_text", "briefing"}
}

func (f *form) fillMeeting(m jobs.Meeting) {
	for field, value := range map[string]string{"point": m.Point, "contact_name": m.ContactName, "contact_phone": m.ContactPhone, "travel": string(m.Travel),
		"travel_text": m.TravelText, "briefing": m.Briefing} {
		f.set(field, value)
	}
	for field, is := range map[string]bool{"accompanied": m.Accompanied, "remote": m.Remote} {
		if is {
			f.set(field, "yes")
		}
	}
}

// meeting reads the fields.
func (f *form) meeting() jobs.Meeting {
	return jobs.Meeting{Point: f.text("point"), ContactName: f.text("contact_name"), ContactPhone: f.text("contact_phone"), Travel: jobs.Travel(f.text("travel")),
		TravelText: f.text("travel_text"), Briefing: f.paragraphs("briefing"), Accompanied: f.text("accompanied") == "yes", Remote: f.text("remote") == "yes"}
}

func (r *request) travelChoices() (choices []ui.Choice) {
	for _, travel := range jobs.Travels() {
		choices = append(choices, ui.Choice{Value: string(travel), Text: r.words.With("meeting.travel_"+string(travel), nil)})
	}
	return choices
}

// meetingTerms are what is told of the day, as far as the reader may know it: see
// jobs.Meeting.
func (r *request) meetingTerms(m jobs.Meeting) (terms []ui.Term) {
	add := func(word, meaning string) {
		if meaning != "" {
			terms = append(terms, ui.Term{Word: word, Meaning: meaning})
		}
	}
	add(r.t("meeting.point"), m.Point)
	add(r.t("meeting.contact"), contactOf(m))
	if !m.Remote {
		add(r.t("meeting.travel"), travelOf(r.words, m))
	}
	return terms
}

func contactOf(m jobs.Meeting) string {
	if m.ContactName != "" && m.ContactPhone != "" {
		return m.ContactName + ", " + m.ContactPhone
	}
	return m.ContactName + m.ContactPhone
}

// travelOf says how people come; that everybody sees to it is no news.
func travelOf(say *words.Speaker, m jobs.Meeting) string {
	switch {
	case m.Travel == jobs.OwnWay:
		return m.TravelText
	case m.TravelText == "":
		return say.With("meeting.goes_"+string(m.Travel), nil)
	default:
		return say.With("meeting.goes_"+string(m.Travel), nil) + " " + m.TravelText
	}
}

// company says that somebody comes along the first time, in the voice of who
// reads it.
func (r *request) company(d jobs.Day, name string) string {
	switch {
	case !d.WithCompany() || r.work.Over(r.web.Now()):
		return ""
	case r.actor.Kind == members.RoleClient:
		return r.t("workday.company_client", "Name", name)
	default:
		return strings.TrimSpace(r.t("workday.company_member") + " " + companyName(r.words, d.Who))
	}
}
