package jobs

import (
	"cmp"
	"context"
	"slices"

	"meent/internal/check"
	"meent/members"
)

// RecordWish is what a member wants on their record of work.
type RecordWish struct {
	From  members.Day // the first day of it; "" is the beginning
	Until members.Day // the last
	Own   bool        // also what only the member says
}

func (w RecordWish) problems() check.Problems {
	var p check.Problems
	if w.From != "" && !w.From.Real() {
		p.Add("from", "no_such_day", nil)
	}
	if !w.Until.Real() {
		p.Add("until", "no_such_day", nil)
	}
	if len(p) == 0 && w.From > w.Until {
		p.Add("until", "ends_before", nil)
	}
	return p
}

// Record is what a member did here, of work whose hours are agreed, and
// of which they can show more than their own word. It has nothing of limits,
// pay, benefit or the reasons of anybody.
type Record struct {
	RecordWish
	First, Last members.Day // of the work; "" where there is none
	Done        RecordSum
	Trials      RecordSum // trial placements, which Done counts too
	Kinds       []RecordKind
	Clients     []RecordClients
	Seen        []SeenSkill
	Feedback    []ChosenFeedback
	Claims      []members.OwnSkill // nobody saw them at this level; nil where they are not wanted
}

// RecordSum is how much work.
type RecordSum struct{ Works, Minutes int }

func (s *RecordSum) add(minutes int) { s.Works, s.Minutes = s.Works+1, s.Minutes+minutes }

// RecordKind is one kind of work. Work of several kinds counts in each of them.
type RecordKind struct {
	Group members.SkillGroup // of the code "" is work without a kind
	RecordSum
}

// RecordClients are the clients of one kind. Names are of those that let
// themselves be named.
type RecordClients struct {
	Kind  members.ClientKind
	Count int
	Names []string
	RecordSum
}

// SeenSkill is a skill that others saw.
type SeenSkill struct {
	members.Skill
	Level members.SkillLevel
	Seen  []SkillSeen
}

// SkillSeen is what sort of person saw it, and when: never who.
type SkillSeen struct {
	By members.RoleKind // a coach, or a client's contact
	On members.Day
}

// Record gives the acting member's own record of work. It returns check.Problems
// at "from" and "until", and members.ErrNotFound to everybody who is no member.
func (s *Service) Record(ctx context.Context, by members.Actor, w RecordWish) (Record, error) {
	if err := w.problems().Err(); err != nil {
		return Record{}, err
	}
	profile, err := s.people.Profile(ctx, by)
	if err != nil {
		return Record{}, err
	}
	works, err := listRecorded(ctx, s.db, by, w)
	if err != nil {
		return Record{}, err
	}
	groups, err := members.SkillGroups()
	if err != nil {
		return Record{}, err
	}
	record := recordOf(works, groups)
	record.RecordWish = w
	record.skills(profile.Skills, w.Own)
	record.Feedback, err = s.chosenFeedback(ctx, by, w)
	return record, err
}

// recorded is one piece of work whose hours are agreed.
type recorded struct {
	day     members.Day
	minutes int
	trial   bool
	client  members.ClientID
	kind    members.ClientKind
	name    string   // empty: the client did not let itself be named
	groups  []string // codes of the kinds of work
}

// recordOf counts the work, given in the order of its days.
func recordOf(works []recorded, groups []members.SkillGroup) (r Record) {
	kinds, clients := map[string]*RecordSum{}, map[members.ClientKind]*RecordClients{}
	known := map[members.ClientID]bool{}
	for _, w := range works {
		r.First, r.Last = cmp.Or(r.First, w.day), w.day
		r.Done.add(w.minutes)
		if w.trial {
			r.Trials.add(w.minutes)
		}
		if len(w.groups) == 0 {
			w.groups = []string{""}
		}
		for _, code := range w.groups {
			if kinds[code] == nil {
				kinds[code] = &RecordSum{}
			}
			kinds[code].add(w.minutes)
		}
		one := clients[w.kind]
		if one == nil {
			one = &RecordClients{Kind: w.kind}
			clients[w.kind] = one
		}
		one.add(w.minutes)
		if !known[w.client] {
			known[w.client] = true
			one.Count++
			if w.name != "" {
				one.Names = append(one.Names, w.name)
			}
		}
	}
	r.Kinds, r.Clients = sortedKinds(kinds, groups), sortedClients(clients)
	return r
}

// sortedKinds puts the kind with the most hours first, and work without one last.
func sortedKinds(sums map[string]*RecordSum, groups []members.SkillGroup) (list []RecordKind) {
	for _, group := range groups {
		if sum := sums[group.Code]; sum != nil {
			list = append(list, RecordKind{Group: group, RecordSum: *sum})
		}
	}
	slices.SortStableFunc(list, func(a, b RecordKind) int { return b.Minutes - a.Minutes })
	if sum := sums[""]; sum != nil {
		list = append(list, RecordKind{RecordSum: *sum})
	}
	return list
}

func sortedClients(sums map[members.ClientKind]*RecordClients) (list []RecordClients) {
	for _, kind := range members.ClientKinds() {
		if one := sums[kind]; one != nil {
			slices.Sort(one.Names)
			list = append(list, *one)
		}
	}
	return list
}

// skills parts what others saw from what only the member says.
func (r *Record) skills(list []members.OwnSkill, own bool) {
	for _, skill := range list {
		if len(skill.Seen) == 0 {
			if own {
				r.Claims = append(r.Claims, skill)
			}
			continue
		}
		seen := SeenSkill{Skill: skill.Skill, Level: skill.Level}
		for _, e := range skill.Seen {
			seen.Seen = append(seen.Seen, SkillSeen{By: e.Kind, On: members.DayOf(e.At)})
		}
		r.Seen = append(r.Seen, seen)
	}
}
