package web

import (
	"meent/matching"
	"meent/members"
)

// why lists to the member, in plain words, why they are asked.
func (r *request) why(e matching.Explanation) []string {
	return r.says(e.Says(matching.ToMember), r.saidToMember)
}

// whyToCoach lists why the coach's member is asked, as far as they let the coach read.
func (r *request) whyToCoach(said []matching.Said, name string) []string {
	return r.says(said, func(s matching.Said) string { return r.saidToCoach(s, members.FirstName(name)) })
}

// whyToClient lists why somebody fits: skills and time.
func (r *request) whyToClient(said []matching.Said) []string { return r.says(said, r.saidToClient) }

func (r *request) says(list []matching.Said, words func(matching.Said) string) (sentences []string) {
	for _, one := range list {
		sentences = append(sentences, words(one))
	}
	return sentences
}

// samePlace is how many metres are none: distances are between the middles of places.
const samePlace = 50

func (r *request) saidToMember(s matching.Said) string {
	switch s.Kind {
	case matching.FitPoints:
		switch {
		case s.Can == 0:
			return r.t("offer.why_nothing_asked")
		case s.All:
			return r.t("offer.why_all")
		}
		return r.words.N("offer.why_some", s.Can)
	case matching.NearPoints:
		if s.Remote {
			return r.t("meeting.at_home")
		}
		if s.Metres < samePlace {
			return r.t("offer.why_here")
		}
		return r.t("offer.why_near", "Distance", r.words.Distance(s.Metres))
	case matching.KnownPoints:
		return r.words.N("offer.why_known", s.Times)
	case matching.FairPoints:
		if s.Worked == 0 {
			return r.t("offer.why_no_work")
		}
		return r.t("offer.why_fair", "Time", r.words.Duration(s.Worked))
	default: // growth, calm, room, week, favourite
		return r.words.With("offer.why_"+string(s.Kind), nil)
	}
}

func (r *request) saidToCoach(s matching.Said, name string) string {
	say := func(key string, pairs ...any) string { return r.t("says.coach."+key, append(pairs, "Name", name)...) }
	switch s.Kind {
	case matching.FitPoints:
		switch {
		case s.Can == 0:
			return r.t("says.coach.nothing_asked")
		case s.All:
			return say("all")
		}
		return r.words.N("says.coach.some", s.Can, "Name", name)
	case matching.NearPoints:
		if s.Remote {
			return say("at_home")
		}
		if s.Metres < samePlace {
			return say("here")
		}
		return say("near", "Distance", r.words.Distance(s.Metres))
	case matching.KnownPoints:
		return r.words.N("says.coach.known", s.Times, "Name", name)
	case matching.FairPoints:
		if s.Worked == 0 {
			return say("no_work")
		}
		return say("fair", "Time", r.words.Duration(s.Worked))
	default: // growth, calm, room, week, favourite
		return r.words.With("says.coach."+string(s.Kind), map[string]any{"Name": name})
	}
}

func (r *request) saidToOffice(s matching.Said) string {
	switch {
	case s.Kind == matching.NearPoints && s.Remote:
		return r.t("planning.why_home")
	case s.Kind == matching.NearPoints && s.Metres < samePlace:
		return r.t("planning.why_here")
	case s.Kind == matching.NearPoints:
		return r.t("planning.why_near", "Distance", r.words.Distance(s.Metres))
	case s.Kind == matching.KnownPoints:
		return r.words.N("planning.why_known", s.Times)
	case s.Can == 0:
		return r.t("planning.why_nothing_asked")
	case s.All:
		return r.t("planning.why_all")
	default:
		return r.words.N("planning.why_some", s.Can)
	}
}

func (r *request) saidToClient(s matching.Said) string {
	switch {
	case s.Kind == matching.TimeReason:
		return r.t("says.client.time")
	case s.All:
		return r.t("says.client.all")
	default:
		return r.words.N("says.client.some", s.Can)
	}
}
