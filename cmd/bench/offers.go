package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// glance is how often the database is looked at for new offers.
const glance = 4 * time.Millisecond

// newOffer is an offer that its member has not seen yet.
type newOffer struct {
	Gig, Path, Role string
	First           bool      // of its gig's
	since           time.Time // when the gig's form was sent
}

// watch lets every member who is asked look and answer, until everything was
// posted and every gig has an offer, or it takes too long.
func (s *street) watch(ctx context.Context, posted <-chan struct{}) error {
	group, answering := errgroup.WithContext(ctx)
	var late <-chan time.Time
	for over := false; !over || s.waiting() > 0; {
		list, err := s.newOffers(ctx)
		if err != nil {
			return err
		}
		for _, one := range list {
			group.Go(func() error { return s.answer(answering, one) })
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-late:
			return group.Wait()
		case <-posted:
			over, posted, late = true, nil, time.After(mostWait)
		case <-time.After(glance):
		}
	}
	return group.Wait()
}

func (s *street) waiting() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sent)
}

// newOffers gives the offers of gigs that had none before; a gig's come in one
// transaction.
func (s *street) newOffers(ctx context.Context) ([]newOffer, error) {
	const query = `
		SELECT s.gig_id::text, '/offers/' || o.id, m.role_id::text, row_number() OVER (PARTITION BY s.gig_id ORDER BY o.points DESC, o.id) = 1
		FROM jobs.gig g
		JOIN jobs.shift s ON s.cooperative_id = g.cooperative_id AND s.gig_id = g.id
		JOIN matching.offer o ON o.cooperative_id = s.cooperative_id AND o.shift_id = s.id
		JOIN members.member m ON m.cooperative_id = o.cooperative_id AND m.id = o.member_id
		WHERE g.id = ANY ($1::uuid[])`
	s.mu.Lock()
	gigs := make([]string, 0, len(s.sent))
	for gig := range s.sent {
		gigs = append(gigs, gig)
	}
	s.mu.Unlock()
	if len(gigs) == 0 {
		return nil, nil
	}
	rows, err := s.program.db.Query(ctx, query, gigs)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, scanOffer)
	return s.claim(list), err
}

func scanOffer(row pgx.CollectableRow) (o newOffer, err error) {
	err = row.Scan(&o.Gig, &o.Path, &o.Role, &o.First)
	return o, err
}

// claim notes since when these gigs waited; they wait no more.
func (s *street) claim(list []newOffer) []newOffer {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, one := range list {
		list[i].since = s.sent[one.Gig]
		if one.First {
			s.asked = append(s.asked, ms(time.Since(list[i].since)))
		}
	}
	for _, one := range list {
		delete(s.sent, one.Gig)
	}
	return list
}

// answer opens the offer, notes when the first of its gig was seen, and says no.
func (s *street) answer(ctx context.Context, o newOffer) error {
	member := s.members[o.Role]
	page, err := member.Open(ctx, o.Path)
	if err != nil {
		return err
	}
	_, open := page.Form("/yes")
	if page.Status != http.StatusOK || !open {
		return fmt.Errorf("the offer is not seen: %d %s", page.Status, page.Text())
	}
	if o.First {
		s.note(&s.visible, o.since)
	}
	no, _ := page.Form("/no")
	page, err = member.Press(ctx, no, "")
	if err == nil && page.Status != http.StatusOK {
		err = fmt.Errorf("saying no gave %d: %s", page.Status, page.Text())
	}
	return err
}
