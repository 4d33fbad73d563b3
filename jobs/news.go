package jobs

import (
	"cmp"
	"context"
	"slices"

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
}

// The kinds of the tasks.
func (SearchesDue) Kind() string { return "jobs.searches_due" }
func (SearchNews) Kind() string  { return "jobs.search_news" }

// mostDue is how many members one task lets be told.
const mostDue = 200

// SearchesDueTx asks for the news of each member who wants it and was not asked
// for today, some at a time; a long list goes on in the next task. Members hear it
// when their quiet hours end.
func (s *Service) SearchesDueTx(ctx context.Context, tx pgx.Tx, _ SearchesDue) error {
	due, err := markDueNews(ctx, tx, members.DayOf(s.now()), mostDue)
	if err != nil {
		return err
	}
	notices := map[id.Cooperative][]members.Notice{}
	for _, t := range due {
		notices[t.Cooperative] = append(notices[t.Cooperative], members.Notice{Member: t.Member, Task: t, Opts: tasks.Opts{Lane: tasks.Low}})
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

// News is what one mail tells a member.
type News struct {
	Who  members.Person
	Gigs []Listing // at most MostNews, the soonest first
	Rest int       // how many more there are
	told []GigID   // all of them
}

// MostNews is how many gigs one mail names.
const MostNews = 10

// Can gives the gigs that a member can do.
type Can func(context.Context, members.Actor) ([]GigID, error)

// News gives the gigs that each page of the member's searches would show now, that
// were posted after the search was saved, and that they were not told of yet. key
// names the task: on one day only one of them gets any. It returns
// members.ErrNotFound where there is nothing to tell: there is no such gig, the
// member does not want to hear it, or may not work, or was told today.
func (s *Service) News(ctx context.Context, index Index, can Can, key string, t SearchNews) (n News, err error) {
	told, err := findToldNews(ctx, s.db, t)
	if err != nil {
		return n, err
	}
	found, err := s.fresh(ctx, index, can, told)
	if err != nil {
		return n, err
	}
	if len(found) == 0 {
		return n, members.ErrNotFound
	}
	if err := claimNews(ctx, s.db, t, members.DayOf(s.now()), key); err != nil {
		return n, err
	}
	n = News{Who: told.who, Gigs: found[:min(len(found), MostNews)], Rest: max(0, len(found)-MostNews)}
	for _, gig := range found {
		n.told = append(n.told, gig.ID)
	}
	return n, nil
}

// NewsToldTx notes that the member was told, for who handles the task.
func (s *Service) NewsToldTx(ctx context.Context, tx pgx.Tx, t SearchNews, n News) error {
	return addToldNews(ctx, tx, t, n.told, s.now())
}

// fresh are the gigs that are news to the member, of all searches together.
func (s *Service) fresh(ctx context.Context, index Index, can Can, told toldNews) (all []Listing, err error) {
	posted, err := listPostedSince(ctx, s.db, told)
	if err != nil || len(posted) == 0 {
		return nil, err
	}
	searches, err := s.searches(ctx, told.by)
	if err != nil {
		return nil, err
	}
	fits, err := canOf(ctx, can, told.by, searches)
	if err != nil {
		return nil, err
	}
	for _, search := range searches {
		if search.Gone {
			continue
		}
		found, err := s.browseAll(ctx, index, told.by, search.news(posted, fits))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b Listing) int {
		return cmp.Or(a.Next.Starts.Compare(b.Next.Starts), slices.Compare(a.ID[:], b.ID[:]))
	})
	return slices.CompactFunc(all, func(a, b Listing) bool { return a.ID == b.ID }), nil
}

// canOf asks what the member can do, where a search wants to know.
func canOf(ctx context.Context, can Can, by members.Actor, searches []Saved) (map[GigID]bool, error) {
	if !slices.ContainsFunc(searches, func(s Saved) bool { return s.CanDo }) {
		return nil, nil
	}
	gigs, err := can(ctx, by)
	fits := make(map[GigID]bool, len(gigs))
	for _, gig := range gigs {
		fits[gig] = true
	}
	return fits, err
}

// news is the wish for what was posted after the search was saved.
func (s Saved) news(posted []postedGig, fits map[GigID]bool) Wish {
	w := s.Wish
	w.Only = []GigID{}
	for _, gig := range posted {
		if gig.at.After(s.At) && (!s.CanDo || fits[gig.id]) {
			w.Only = append(w.Only, gig.id)
		}
	}
	return w
}

// browseAll gives every page.
func (s *Service) browseAll(ctx context.Context, index Index, by members.Actor, w Wish) (all []Listing, err error) {
	if len(w.Only) == 0 {
		return nil, nil
	}
	for w.Page = 1; ; w.Page++ {
		found, err := s.Browse(ctx, index, by, w)
		if err != nil {
			return nil, err
		}
		all = append(all, found.Gigs...)
		if w.Page >= min(found.Pages(), MostFound/PageSize) {
			return all, nil
		}
	}
}
