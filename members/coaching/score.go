package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// WeekOf is the Monday of the week that it is in the Netherlands.
func WeekOf(at time.Time) members.Day {
	day := members.DayOf(at)
	return day.Add(-day.Weekday())
}

// NewScore is how it goes this week.
type NewScore struct{ Feel, Work, Next int }

func (n NewScore) problems() (p check.Problems) {
	for _, answer := range []struct {
		field string
		is    int
	}{{"feel", n.Feel}, {"work", n.Work}, {"next", n.Next}} {
		if answer.is == 0 {
			p.Add(answer.field, "missing", nil)
		} else {
			p.Between(answer.field, answer.is, LowestScore, HighestScore)
		}
	}
	return p
}

// GiveScore keeps how the acting member says that it goes this week; until the
// week is over they may say it anew. Nobody is told, and no deed is written down:
// it is the member's own. It returns check.Problems at "feel", "work" and "next",
// and members.ErrNotFound to everybody who is not a member.
func (s *Service) GiveScore(ctx context.Context, by members.Actor, n NewScore) error {
	if !isOwn(by, by.Member) {
		return members.ErrNotFound
	}
	if err := n.problems().Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		now := s.now()
		return upsertScore(ctx, tx, by, SelfScore{Week: WeekOf(now), Given: now, Feel: n.Feel, Work: n.Work, Next: n.Next})
	})
}

// MostScores is how many weeks of self-scores a page shows.
const MostScores = 26

// Scores lists the acting member's newest self-scores. It is empty for others.
func (s *Service) Scores(ctx context.Context, by members.Actor) (list []SelfScore, err error) {
	if !isOwn(by, by.Member) {
		return nil, nil
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		list, err = listScores(ctx, tx, by.Cooperative, by.Member, MostScores)
		return err
	})
	return list, err
}

// RemoveScore takes away what the acting member said in that week. It returns
// members.ErrNotFound where they said nothing, and to everybody else.
func (s *Service) RemoveScore(ctx context.Context, by members.Actor, week members.Day) error {
	if _, err := time.Parse(time.DateOnly, string(week)); err != nil || !isOwn(by, by.Member) {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		n, err := deleteScore(ctx, tx, by, week)
		if err == nil && n == 0 {
			return members.ErrNotFound
		}
		return err
	})
}

// RemoveScores takes all of them away. It returns members.ErrNotFound to
// everybody who is not a member.
func (s *Service) RemoveScores(ctx context.Context, by members.Actor) error {
	if !isOwn(by, by.Member) {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return deleteScores(ctx, tx, by) })
}
