package coaching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// readableTx asks for all scopes of a statement at once, and gives those that are
// missing. A member reads their own.
func (s *Service) readableTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID) (missing []members.Scope, err error) {
	if by.Kind == members.RoleMember {
		return nil, nil
	}
	until, err := s.people.ReadEachTx(ctx, tx, by, m, statementScopes()...)
	for _, scope := range statementScopes() {
		if until[scope] == "" {
			missing = append(missing, scope)
		}
	}
	return missing, err
}

// draftTx makes the content of what is there now, without what is missing.
func (s *Service) draftTx(ctx context.Context, tx pgx.Tx, k keptStatement, missing []members.Scope) (c Content, err error) {
	c = Content{
		Cooperative: k.cooperative, Member: k.MemberName, Coach: k.CoachName, FunderKind: k.Funder.Kind, Funder: k.Funder.Name, From: k.From, Until: k.Until,
		Goals: []SaidGoal{}, Contacts: []SaidHelp{}, Hours: []SaidMonth{}, Rungs: []SaidRung{}, Forms: []SaidScores{},
	}
	may := func(scope members.Scope) bool { return !slices.Contains(missing, scope) }
	var goals []Goal
	if may(members.ProgressScope) {
		if goals, err = s.progressTx(ctx, tx, k, &c); err != nil {
			return c, err
		}
	}
	if may(members.SharedNotesScope) {
		if err := s.helpTx(ctx, tx, k, goals, &c); err != nil {
			return c, err
		}
	}
	if may(members.HoursScope) {
		c.Hours, err = listWorkedMonths(ctx, tx, k)
	}
	return c, err
}

// progressTx adds goals, rungs, what was typed, and the forms.
func (s *Service) progressTx(ctx context.Context, tx pgx.Tx, k keptStatement, c *Content) ([]Goal, error) {
	kept, err := listGoals(ctx, tx, k.in, k.Member)
	if err != nil {
		return nil, err
	}
	goals, err := s.openGoals(ctx, tx, k.person, kept)
	if err != nil {
		return nil, err
	}
	c.Goals = saidGoals(goals, k.start(), k.end())
	rungs, err := listRungs(ctx, tx, k.in, k.Member)
	if err != nil {
		return nil, err
	}
	c.Rungs = saidRungs(rungs, k.start(), k.end())
	var gone bool
	texts := []members.SealedText{{Person: k.person, Column: summaryColumn(k.ID), Sealed: k.summary, Into: &c.Summary, Gone: &gone}}
	forms, err := listForms(ctx, tx, k.in, k.ID)
	if err != nil {
		return nil, err
	}
	c.Forms = make([]SaidScores, len(forms))
	for i, f := range forms {
		c.Forms[i] = f.SaidScores
		texts = append(texts, members.SealedText{Person: k.person, Column: opinionColumn(f.id), Sealed: f.words, Into: &c.Forms[i].Words, Gone: &gone})
	}
	return goals, s.people.OpenAll(ctx, tx, texts)
}

// helpTx adds the contacts.
func (s *Service) helpTx(ctx context.Context, tx pgx.Tx, k keptStatement, goals []Goal, c *Content) error {
	kept, err := listContacts(ctx, tx, k.in, k.Member, k.start(), k.end(), mostStatementRows)
	if err != nil {
		return err
	}
	list, err := s.openContacts(ctx, tx, k.person, kept)
	for _, one := range slices.Backward(list) { // the oldest first
		said := SaidHelp{Day: members.DayOf(one.At), By: one.By, Kind: one.Kind, Minutes: one.Minutes, Why: one.Why, Next: one.Next}
		for _, g := range goals {
			if !one.Goal.IsZero() && g.ID == one.Goal {
				said.Goal = g.Text
			}
		}
		c.Contacts = append(c.Contacts, said)
	}
	return err
}

// saidGoals are those that were there in the period, the oldest first. A goal
// that was judged afterwards counts as it was judged.
func saidGoals(goals []Goal, from, until time.Time) []SaidGoal {
	said := []SaidGoal{}
	goals = slices.Clone(goals)
	slices.SortFunc(goals, func(a, b Goal) int {
		if byTime := a.Made.Compare(b.Made); byTime != 0 {
			return byTime
		}
		return slices.Compare(a.ID[:], b.ID[:])
	})
	for _, g := range goals {
		if !g.Made.Before(until) || !g.Ended.IsZero() && g.Ended.Before(from) {
			continue
		}
		one := SaidGoal{Text: g.Text, State: g.State, Aim: g.AimOn, Made: members.DayOf(g.Made), Ended: dayOr(g.Ended), Steps: []SaidStep{}}
		for _, step := range g.Steps {
			one.Steps = append(one.Steps, SaidStep{Text: step.Text, Done: dayOr(step.Done)})
		}
		said = append(said, one)
	}
	return said
}

// saidRungs are those of the period and the last one before it, the oldest
// first. They come with the newest first.
func saidRungs(rungs []Rung, from, until time.Time) []SaidRung {
	said := []SaidRung{}
	for _, g := range rungs {
		if g.State != RungSet || !g.Settled.Before(until) {
			continue
		}
		said = append(said, SaidRung{Day: members.DayOf(g.Settled), Step: g.Step, Occasion: g.Occasion, By: g.ByName, With: g.SettledWho})
		if g.Settled.Before(from) {
			break
		}
	}
	slices.Reverse(said)
	return said
}

func dayOr(at time.Time) members.Day {
	if at.IsZero() {
		return ""
	}
	return members.DayOf(at)
}
