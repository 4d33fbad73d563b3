package coaching_test

import (
	"errors"
	"testing"

	"meent/members"
	"meent/members/coaching"
)

// TestHelperDecidesNothing: what the member decides about themselves and their
// coach, the coach who acts for them does not, whatever route leads here.
func TestHelperDecidesNothing(t *testing.T) {
	s := newSigning(t)
	o := &office{pair: s.pair, noor: s.noor}
	ctx, m := t.Context(), s.anna.Member
	s.letAll(s.els.Role)
	s.must(s.grant(members.ProgressScope, members.ProfileScope))
	bea, cor := s.actor(s.c, "bea", members.RoleMember), s.actor(s.c, "cor", members.RoleMember)
	s.must(s.assign(s.c, bea, s.els))
	statement := s.begin(autumn())
	hand := o.propose(s.els, s.bob, "2026-12-01")
	waits := o.proposeRail(s.els, coaching.NewRail{Kind: coaching.NightRail})
	holds := o.proposeRail(s.els, coaching.NewRail{Kind: coaching.AloneRail})
	s.must(s.AnswerRail(ctx, s.anna, holds, true))
	rung := o.proposeRung(s.els, 3)
	s.must(s.AskToShow(ctx, s.els, m, coaching.NewRelease{Client: s.client, Until: "2027-05-24"}))
	shown, _, err := s.ShownTo(ctx, s.anna)
	s.must(err)
	s.must(s.AskBuddy(ctx, bea, "anna@meent.example"))
	asked, err := s.Buddies(ctx, s.anna)
	s.must(err)
	pair := o.on(bea)
	page := s.page(s.anna, statement)
	helped := s.anna
	helped.Helper = members.Helper{Person: s.els.Person, Role: s.els.Role, Name: "els"}
	for name, err := range map[string]error{
		"answers a hand-over":  s.AnswerHandOver(ctx, helped, hand, true),
		"answers a buddy":      s.AnswerBuddy(ctx, helped, asked[0].ID, true),
		"asks a buddy":         s.AskBuddy(ctx, helped, "cor@meent.example"),
		"asks nobody":          s.AskBuddy(ctx, helped, "nobody@meent.example"),
		"writes a buddy":       s.WriteBuddy(ctx, helped, pair, "Hoi"),
		"ends a buddy":         s.EndBuddy(ctx, helped, pair),
		"proposes a buddy":     s.ProposeBuddy(ctx, helped, m, cor.Member),
		"proposes a rail":      second(s.ProposeRail(ctx, helped, m, coaching.NewRail{Kind: coaching.FirstRail})),
		"answers a rail":       s.AnswerRail(ctx, helped, waits, true),
		"ends a rail":          s.EndRail(ctx, helped, holds),
		"settles a rung":       s.SettleRung(ctx, helped, m, rung, coaching.RungSet),
		"drops a rung":         s.SettleRung(ctx, helped, m, rung, coaching.RungDropped),
		"proposes a rung":      second(s.ProposeRung(ctx, helped, m, 4)),
		"signs a statement":    s.SignStatement(ctx, helped, m, statement, page.Hash),
		"withdraws it":         s.WithdrawStatement(ctx, helped, m, statement),
		"gives their form":     s.GiveOwnForm(ctx, helped, statement, opinion(7, "")),
		"shows them":           s.ShowTo(ctx, helped, coaching.NewRelease{Client: s.client, Until: "2027-05-24"}),
		"agrees to show them":  s.AgreeToShow(ctx, helped, shown[0].ID, true, ""),
		"gives a score":        s.GiveScore(ctx, helped, coaching.NewScore{Feel: 3, Work: 3, Next: 3}),
		"removes their scores": s.RemoveScores(ctx, helped),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("who acts for the member %s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }
