package jobs

import (
	"context"
	"encoding/binary"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// SearchesDue is the task that lets members be told of new gigs that fit what they
// look for, once a day.
type SearchesDue struct{}

// SearchNews is the task that tells one of them.
type SearchNews struct {
	Member      members.MemberID
	Cooperative id.Cooperative
	Key         string `db:"-" json:",omitempty"` // of the task that it began as: see NewsLaterTx
}

// The kinds of the tasks.
func (SearchesDue) Kind() string { return "jobs.searches_due" }
func (SearchNews) Kind() string  { return "jobs.search_news" }

// mostDue is how many members one task lets be told.
const mostDue = 200

// SearchesDueTx asks for the news of each member who wants it and was not asked
// for today, some at a time; a long list goes on in the next task. Each hears it at a
// time of their own in the afternoon, or when their quiet hours end.
func (s *Service) SearchesDueTx(ctx context.Context, tx pgx.Tx, _ SearchesDue) error {
	due, err := markDueNews(ctx, tx, members.DayOf(s.now()), mostDue)
	if err != nil {
		return err
	}
	notices := map[id.Cooperative][]members.Notice{}
	for _, t := range due {
		notices[t.Cooperative] = append(notices[t.Cooperative], members.Notice{Member: t.Member, Task: t, Opts: tasks.Opts{Lane: tasks.Low, Due: newsDue(s.now(), t.Member)}})
	}
	for c, list := range notices {
		if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), c, list...); err != nil {
			return err
		}
	}
	if len(due) < mostDue {
		return nil
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, SearchesDue{}, tasks.Opts{Lane: tasks.Low})
	return err
}

// newsDue is the member's own time of the day, between half past four and half past
// six: all at once they would keep other tasks of the lane waiting.
func newsDue(now time.Time, m members.MemberID) time.Time {
	today := now.In(members.Amsterdam())
	own := time.Duration(binary.BigEndian.Uint16(m[len(m)-2:])) * 2 * time.Hour / (1 << 16)
	due := time.Date(today.Year(), today.Month(), today.Day(), 16, 30, 0, 0, today.Location()).Add(own)
	if due.Before(now) {
		return now
	}
	return due
}

// NewsLaterTx lets the member be told at another moment, for who handles the task.
// It goes on as the same one, so that a mail which it began is told again and no other.
func (s *Service) NewsLaterTx(ctx context.Context, tx pgx.Tx, key string, t SearchNews, at time.Time) error {
	t.Key = key
	_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Lane: tasks.Low, Cooperative: t.Cooperative, Due: at})
	return err
}

// News is what one mail tells a member.
type News struct {
	Who  members.Person
	Gigs []Listing // at most MostNews, the soonest first
	Rest int       // how many more there are
	told []GigID   // all of them
}

// The most of news.
const (
	MostNews  = 10  // gigs that one mail names
	MostTold  = 200 // gigs that one mail tells of
	mostLater = 500 // gigs that are looked at again another day
	mostFresh = 2000
)

// lookedAgain is for how long a gig that was posted is looked at again: the index may
// not have had it, and it may fit after a change. A day has 25 hours once a year, and
// a task may be late.
const lookedAgain = 26 * time.Hour

// Can gives the gigs that a member can do.
type Can func(context.Context, members.Actor) ([]GigID, error)

// News gives the gigs that each page of the member's searches would show now, that
// were posted after the search was saved, and that they were not told of yet. key
// names the task: on one day only one of them gets any, and the same one gets the
// same again, without what is not to be seen any more: that is told another day, and
// if an earlier try had its effect unseen, twice. It returns members.ErrNotFound where
// there is nothing to tell: there is no such gig, the member does not want to hear it,
// or may not work, or was told today. Where there is an index it is that which looks,
// or nobody: its errors are for the task, which has hours to try again. An index that
// is nil is none.
//
// A gig is looked at on the day that it is posted and the day after, and once more where
// it was posted just before the news. One that was full or paused then is told when it
// has a seat, and of more than MostTold the others are told the days after.
func (s *Service) News(ctx context.Context, index Index, can Can, key string, t SearchNews) (News, error) {
	today := members.DayOf(s.now())
	told, err := findToldNews(ctx, s.db, t, s.now())
	switch {
	case err != nil:
		return News{}, err
	case told.mailKey != key && told.today:
		return News{}, members.ErrNotFound
	}
	var found looked
	if told.mailKey != key {
		if found, err = s.fresh(ctx, index, can, told); err != nil {
			return News{}, err
		}
		if len(found.mail) == 0 {
			return News{}, noteLooked(ctx, s.db, t, told, found)
		}
	}
	mail, err := claimNews(ctx, s.db, t, today, key, found)
	if err != nil {
		return News{}, err
	}
	return s.newsOf(ctx, told, lessGigs(mail, told.gigs))
}

// newsOf tells those of the gigs that are to be seen now.
func (s *Service) newsOf(ctx context.Context, told toldNews, mail []GigID) (News, error) {
	visible, err := listVisible(ctx, s.db, told.by, mail, s.now())
	if err != nil {
		return News{}, err
	}
	seen := slices.DeleteFunc(slices.Clone(mail), func(gig GigID) bool { return !visible[gig] })
	if len(seen) == 0 {
		return News{}, members.ErrNotFound
	}
	named, rest := seen[:min(len(seen), MostNews)], seen[min(len(seen), MostNews):]
	page, err := s.read(ctx, told.by, Hits{Gigs: named})
	if err == nil && len(page.Gigs) == 0 { // they closed meanwhile
		err = members.ErrNotFound
	}
	news := News{Who: told.who, Gigs: page.Gigs, Rest: len(rest), told: slices.Clone(rest)}
	for _, gig := range page.Gigs {
		news.told = append(news.told, gig.ID)
	}
	return news, err
}

// NewsToldTx notes that the member was told, for who handles the task.
func (s *Service) NewsToldTx(ctx context.Context, tx pgx.Tx, t SearchNews, n News) error {
	return addToldNews(ctx, tx, t, n.told, s.now())
}
