package demo

import (
	"context"
	"slices"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// certify lets every third member say that they have a certificate of conduct.
func (s scenes) certify(ctx context.Context, c id.Cooperative) error {
	for i, w := range s.workers {
		if w.cooperative != c || i%3 != 0 {
			continue
		}
		if err := s.members.Answer(ctx, s.people[w.member], members.CertificateInHand); err != nil {
			return err
		}
	}
	return nil
}

// admit notes who may lend people out: the cooperative, and a partner. The numbers
// say that they are examples.
func (s scenes) admit(ctx context.Context, c id.Cooperative) error {
	from := members.DayOf(s.clock.now())
	for _, a := range []members.Admission{
		{Kind: members.OwnLender, Name: s.named(c), Number: "Voorbeeld-0417"},
		{Kind: members.PartnerLender, Name: "Uitzendbureau De Brug", Number: "Voorbeeld-0932"},
	} {
		a.From, a.Until = from, from.AddMonths(36)
		if err := s.members.AddAdmission(ctx, s.office[c], a); err != nil {
			return err
		}
	}
	return nil
}

// named is the cooperative's name.
func (s scenes) named(c id.Cooperative) string {
	for i, one := range s.cooperatives() {
		if one == c {
			return plans()[i].name
		}
	}
	return ""
}

// workSteps are how members went on the ladder of work. Who is on a low step is not
// asked for work above it, so the first two are of members for whom there is none.
func workSteps() [][]coaching.WorkStep {
	return [][]coaching.WorkStep{
		{coaching.WorkshopStep, coaching.AccompaniedStep},
		{coaching.AccompaniedStep, coaching.SoloStep},
		{coaching.SoloStep, coaching.TrialStep},
	}
}

// noteSteps plans that coaches put three members on a step, and later on the next.
func (s scenes) noteSteps(c id.Cooperative) {
	steps := workSteps()
	for _, one := range s.pairs {
		if len(steps) == 0 {
			return
		}
		last := len(steps) == 1
		if one.member.Cooperative != c || s.hasWork(one.member.Member) != last {
			continue
		}
		for i, step := range steps[0] {
			s.agenda.note(s.at(2+5*i, 3, 10, one.turn%60), func(ctx context.Context) error {
				return s.coaching.MoveWorkStep(ctx, one.coach, one.member.Member, step, []string{"", "Het gaat goed, en je wilt zelf verder."}[i])
			})
		}
		steps = steps[1:]
	}
}

func (s scenes) hasWork(m members.MemberID) bool {
	return slices.ContainsFunc(s.workers, func(w worker) bool { return w.member == m && len(s.workFor(w)) > 0 })
}

// coachOf finds the coach who may read how far the member is.
func (s scenes) coachOf(m members.MemberID) (members.Actor, bool) {
	for _, one := range s.pairs {
		if one.member.Member == m {
			return one.coach, true
		}
	}
	return members.Actor{}, false
}
