package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// What the words are bound to, beside the member's person.
func (f Feedback) sentenceColumn() string { return "feedback.sentence@" + f.ID.String() }
func (f Feedback) answerColumn() string   { return "feedback.answer@" + f.ID.String() }

// FeedbackPage is what both sides said about one engagement, as one of them sees
// it.
type FeedbackPage struct {
	Work
	Asked  []members.Skill // of the gig
	Mine   *Feedback       // what the actor's side said; nil: nothing
	Theirs *Feedback
	Why    error // why the actor's side cannot say anything now; nil: it can
}

// Worked reports whether the member worked, so that there can be feedback at all.
func (p FeedbackPage) Worked() bool { return p.Why != ErrNoFeedback }

// FeedbackOn gives it to the member and the client of the engagement. It returns
// members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) FeedbackOn(ctx context.Context, by members.Actor, engagement EngagementID) (p FeedbackPage, err error) {
	whole := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, s.db, whole, func(tx pgx.Tx) error {
		if p.Work, err = findWork(ctx, tx, by, engagement); err != nil {
			return err
		}
		if p.Asked, err = listSkillsOf(ctx, tx, by.Cooperative, p.Gig); err != nil {
			return err
		}
		over, err := findSettled(ctx, tx, by.Cooperative, engagement)
		if err != nil {
			return err
		}
		kept, err := listFeedback(ctx, tx, `f.engagement_id = $2`, by.Cooperative, engagement)
		if err != nil {
			return err
		}
		list, err := s.openFeedback(ctx, tx, kept)
		for i := range list {
			if list[i].Side == by.Kind {
				p.Mine = &list[i]
			} else {
				p.Theirs = &list[i]
			}
		}
		p.Why = over.feedback(p.Mine, s.now())
		return err
	})
	return p, err
}

// FeedbackAbout lists what members said about work for a client, the newest work
// first, to the coordinators. It returns members.ErrNoKey, and members.ErrNotFound
// to everybody else; for a client of another cooperative there is nothing.
func (s *Service) FeedbackAbout(ctx context.Context, by members.Actor, client members.ClientID) ([]Feedback, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, members.ErrNotFound
	}
	kept, err := listFeedback(ctx, s.db, `g.client_id = $2 AND f.side = 'member'`, by.Cooperative, client)
	if err != nil {
		return nil, err
	}
	return s.openFeedback(ctx, s.db, kept)
}

// ToldFeedback gives the engagement of feedback, and who hears of it: the side
// that did not give it, or of an answer the one that did. It returns
// members.ErrNotFound.
func (s *Service) ToldFeedback(ctx context.Context, t FeedbackTold) (EngagementID, members.RoleKind, []members.Person, error) {
	f, _, _, err := findFeedback(ctx, s.db, t.Cooperative, t.Feedback)
	if err != nil {
		return f.Engagement, "", nil, err
	}
	side := otherSide(f.Side)
	if t.Answer {
		side = f.Side
	}
	people, err := listSide(ctx, s.db, t.Cooperative, f.Engagement, side)
	return f.Engagement, side, people, err
}

// keptFeedback is feedback as its row has it.
type keptFeedback struct {
	Feedback
	person           members.PersonID // the member's
	sentence, answer []byte
}

func (s *Service) openFeedback(ctx context.Context, db members.Querier, kept []keptFeedback) ([]Feedback, error) {
	list := make([]Feedback, len(kept))
	var texts []members.SealedText
	for i, k := range kept {
		list[i] = k.Feedback
		f := &list[i]
		texts = append(texts,
			members.SealedText{Person: k.person, Column: f.sentenceColumn(), Sealed: k.sentence, Into: &f.Sentence, Gone: &f.Gone},
			members.SealedText{Person: k.person, Column: f.answerColumn(), Sealed: k.answer, Into: &f.Answer, Gone: &f.Gone})
	}
	return list, s.people.OpenAll(ctx, db, texts)
}
