package members

import (
	"slices"
	"strconv"
	"strings"

	"meent/internal/check"
)

// BasisPoints are hundredths of a percent.
type BasisPoints int

// The bounds of settings.
const (
	MostContribution = BasisPoints(5000)
	LeastNoticeHours = 24 // a day: who comes to work has planned on it
	MostNoticeHours  = 14 * 24
	MostTrialDays    = 366
	MostLowestRate   = 20000 // cents an hour
	LeastLateShare   = BasisPoints(5000)
	MostLateShare    = BasisPoints(10000)
)

// Settings are what a cooperative decides for itself.
type Settings struct {
	Name         string
	Contribution BasisPoints // on top of the wage, from the client
	LowestRate   int         // cents an hour, below which no work is posted; 0: the law alone
	NoticeHours  int         // how long before work begins it can be cancelled without cost
	LateShare    BasisPoints // of the planned wage, for work that the client calls off later than that; it can only go up
	TrialDays    int         // how long somebody is on trial before membership
	WorkForms    []WorkForm  // switched on; at least one
	PublicWork   bool        // open work of organisations, with texts of since it is on, is shown to everybody: see FindPublic
	Version      int         // of what was looked at: see ChangeSettings
}

// firstSettings are those of a new cooperative. Its open work is public, as a
// cooperative that is looked for expects, and as its founder and every client who
// posts work can read; of cooperatives that were there before it is not.
func firstSettings(name string) Settings {
	return Settings{Name: name, Contribution: 1000, NoticeHours: 24, LateShare: LeastLateShare, TrialDays: 90, WorkForms: WorkForms(), PublicWork: true, Version: 1}
}

// Uses reports whether the work form is switched on.
func (s Settings) Uses(form WorkForm) bool { return slices.Contains(s.WorkForms, form) }

// tidy leaves out space around the name, and lists each work form once, in order.
func (s Settings) tidy() Settings {
	s.Name = strings.TrimSpace(s.Name)
	s.WorkForms = slices.Clone(s.WorkForms)
	slices.SortFunc(s.WorkForms, func(a, b WorkForm) int { return slices.Index(WorkForms(), a) - slices.Index(WorkForms(), b) })
	s.WorkForms = slices.Compact(s.WorkForms)
	return s
}

// Problems is what is wrong with the settings, or with the reason to change them.
func (s Settings) Problems(why string) (p check.Problems) {
	p.Text("name", s.Name, 1, 80)
	if s.Contribution < 0 || s.Contribution > MostContribution {
		p.Add("contribution", "wrong_percent", map[string]any{"Max": int(MostContribution / 100)})
	}
	if s.LowestRate < 0 || s.LowestRate > MostLowestRate {
		p.Add("rate", "too_much", map[string]any{"Cents": int64(MostLowestRate)})
	}
	p.Between("notice", s.NoticeHours, LeastNoticeHours, MostNoticeHours)
	if s.LateShare < LeastLateShare || s.LateShare > MostLateShare {
		p.Add("late", "wrong_share", map[string]any{"Min": int(LeastLateShare / 100), "Max": int(MostLateShare / 100)})
	}
	p.Between("trial", s.TrialDays, 1, MostTrialDays)
	if len(s.WorkForms) == 0 {
		p.Add("forms", "nothing_chosen", nil)
	}
	for _, form := range s.WorkForms {
		check.OneOf(&p, "forms", form, WorkForms()...)
	}
	p.Text("why", why, 1, 500)
	return p
}

// SettingNames lists them as deeds name them, in the order of the form.
func SettingNames() []string {
	return []string{"name", "contribution", "rate", "notice", "late", "trial", "forms", "public"}
}

// texts are the settings by name, as deeds write them down.
func (s Settings) texts() map[string]string {
	forms := make([]string, len(s.WorkForms))
	for i, form := range s.WorkForms {
		forms[i] = string(form)
	}
	return map[string]string{"name": s.Name, "contribution": strconv.Itoa(int(s.Contribution)), "rate": strconv.Itoa(s.LowestRate), "notice": strconv.Itoa(s.NoticeHours),
		"late": strconv.Itoa(int(s.LateShare)), "trial": strconv.Itoa(s.TrialDays), "forms": strings.Join(forms, " "), "public": onOff(s.PublicWork)}
}

// onOff is a switch as deeds write it down.
func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// changes are what each changed setting was and is, as "trial_was" and "trial_is".
func (s Settings) changes(to Settings) map[string]string {
	was, is, changed := s.texts(), to.texts(), map[string]string{}
	for name := range was {
		if was[name] != is[name] {
			changed[name+"_was"], changed[name+"_is"] = was[name], is[name]
		}
	}
	return changed
}

// onlyUp is what is wrong with these settings after those: a promise to members
// is not taken back.
func (s Settings) onlyUp(was Settings) (p check.Problems) {
	if s.LateShare < was.LateShare {
		p.Add("late", "only_up", map[string]any{"Min": int(was.LateShare / 100)})
	}
	return p
}
