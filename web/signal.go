package web

import (
	"strconv"

	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// casesWith keeps the cases with this signal; none means all.
func casesWith(list []coaching.Case, signal coaching.SignalKind) (kept []coaching.Case) {
	for _, c := range list {
		if signal == "" || c.Has(signal) {
			kept = append(kept, c)
		}
	}
	return kept
}

// inUrgency are those of one part of the list; they come in order.
func inUrgency(list []coaching.Case, u coaching.Urgency) (part []coaching.Case) {
	for _, c := range list {
		if c.Urgency() == u {
			part = append(part, c)
		}
	}
	return part
}

// signalFilters lead to who has which signal, of those that somebody has.
func (r *request) signalFilters(list []coaching.Case, chosen coaching.SignalKind) []ui.Link {
	links := []ui.Link{{Text: r.t("signal.all", "Count", len(list)), Path: "/caseload", Current: chosen == ""}}
	for _, kind := range coaching.Signals() {
		if n := len(casesWith(list, kind)); n > 0 || kind == chosen {
			text := r.signalName(kind) + " (" + strconv.Itoa(n) + ")"
			links = append(links, ui.Link{Text: text, Path: "/caseload?signal=" + string(kind), Current: chosen == kind})
		}
	}
	return links
}

func (r *request) signalName(kind coaching.SignalKind) string {
	return r.words.With("signal.name."+string(kind), nil)
}

func (r *request) urgencyWord(u coaching.Urgency) string {
	return r.words.With("signal.urgency."+string(u), nil)
}

// signalWhy is the one sentence of a signal. It says what happened, and blames nobody.
func (r *request) signalWhy(s coaching.Signal) string {
	key := "signal.why." + string(s.Kind)
	args := map[string]any{}
	switch s.Kind {
	case coaching.NoContact:
		if s.At.IsZero() {
			key += "_yet"
		}
		return r.words.N(key, s.Days)
	case coaching.NoGig:
		return r.words.N(key, s.Days)
	case coaching.TrialEnds, coaching.KeyEnds:
		if s.Days < 0 {
			key += "_past"
		}
		args["Day"] = r.words.DayOf(s.Day)
	case coaching.HoursNear:
		args["Hours"], args["Most"] = r.words.Duration(s.Hours), r.words.Duration(s.Most)
	case coaching.ThreeNoes:
		args["Count"] = s.Count
	case coaching.DidNotCome, coaching.FirstPlace, coaching.WorkTomorrow, coaching.QuestionWait, coaching.PayWaiting:
		args["Day"], args["Time"] = r.signalDay(s), r.words.Time(s.At)
	}
	return r.words.With(key, args)
}

// signalDay is today, tomorrow for what is to come, or a date. The signal knows how
// many days lie between, so no day is looked up again.
func (r *request) signalDay(s coaching.Signal) string {
	switch {
	case s.Days == 0:
		return r.t("signal.today")
	case s.Days == 1 && s.Kind == coaching.FirstPlace:
		return r.t("signal.tomorrow")
	default:
		return r.words.Date(s.At)
	}
}

// alsoWhy are the reasons after the strongest, in one line.
func (r *request) alsoWhy(signals []coaching.Signal) (text string) {
	for i, s := range signals {
		if i > 0 {
			text += " "
		}
		text += r.signalWhy(s)
	}
	return text
}

func signalIcon(kind coaching.SignalKind) ui.Icon {
	switch kind {
	case coaching.DidNotCome:
		return ui.IconWarning
	case coaching.QuestionWait:
		return ui.IconMail
	case coaching.FirstPlace:
		return ui.IconClient
	case coaching.NoContact:
		return ui.IconPhone
	case coaching.WorkTomorrow:
		return ui.IconCalendar
	case coaching.HoursNear:
		return ui.IconClock
	case coaching.TrialEnds:
		return ui.IconWait
	case coaching.KeyEnds:
		return ui.IconKey
	case coaching.NoGig:
		return ui.IconGig
	case coaching.NewSkill:
		return ui.IconCheck
	case coaching.PayWaiting:
		return ui.IconEuro
	default:
		return ui.IconInfo
	}
}

// suggested is the one thing to do about somebody: about the strongest signal.
func (r *request) suggested(c coaching.Case) ui.Link {
	act := c.Signals[0].Kind.Act()
	return ui.Link{Text: r.words.With("signal.act."+string(act), nil), Path: actPath(act, c.Member)}
}

// nextTo is what can be done at once: what is suggested, and to log a contact,
// which is always one tap away.
func (r *request) nextTo(c coaching.Case) (links []ui.Link) {
	log := ui.Link{Text: r.t("contacts.log"), Path: actPath(coaching.LogContact, c.Member)}
	if len(c.Signals) > 0 {
		links = append(links, r.suggested(c))
	}
	if len(links) == 0 || links[0].Path != log.Path {
		links = append(links, log)
	}
	return links
}

// followsOf are the members of the caseload alone.
func followsOf(list []coaching.Case) []followedMember {
	follows := make([]followedMember, len(list))
	for i, c := range list {
		follows[i] = c.Follow
	}
	return follows
}

func actPath(act coaching.Act, m members.MemberID) string {
	at := "/caseload/" + m.String()
	switch act {
	case coaching.LogContact:
		return at + "/contacts/new"
	case coaching.AnswerIt:
		return "/questions"
	case coaching.AskToExtend:
		return at + "#parts"
	case coaching.LookAtGigs:
		return "/gigs"
	case coaching.LookAtProfile:
		return at + "/profile#skills"
	default:
		return at
	}
}

// urgencyFigures count whom the list begins with, on a coach's first page.
func (r *request) urgencyFigures(list []coaching.Case) []ui.Figure {
	figures := []ui.Figure{{Number: strconv.Itoa(len(list)), Text: r.words.N("caseload.count", len(list)), Path: "/caseload"}}
	for _, u := range []coaching.Urgency{coaching.Now, coaching.Soon} {
		figure := ui.Figure{Number: strconv.Itoa(len(inUrgency(list, u))), Text: r.urgencyWord(u)}
		if figure.Number != "0" {
			figure.Path = "/caseload#" + string(u)
		}
		figures = append(figures, figure)
	}
	return figures
}
