package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"meent/internal/browse"
)

// street is one run of the story: many gigs at a steady rate.
type street struct {
	*town
	forms []ready

	began    time.Time
	took     time.Duration
	requests int64
	left     counts

	mu                            sync.Mutex
	sent                          map[string]time.Time // gigs whose first offer nobody saw yet
	asked, visible, posted, homes []float64            // ms
}

// newStreet lets the clients describe each gig, up to the button that posts it.
func newStreet(ctx context.Context, t *town, round, n int) (*street, error) {
	s := &street{town: t, sent: map[string]time.Time{}}
	for i := range n {
		one, err := describe(ctx, t.clients[i%len(t.clients)], round, i)
		if err != nil {
			return nil, err
		}
		s.forms = append(s.forms, one)
	}
	return s, nil
}

// ready is a gig that only waits for its button.
type ready struct {
	gig  string
	form browse.Form
}

// describe goes through the steps, and gives the last.
func describe(ctx context.Context, client someone, round, number int) (ready, error) {
	page, err := client.Open(ctx, "/gigs/new")
	for _, step := range []string{"gig", "title", "shift-1-date-day", "rate"} {
		if err != nil {
			return ready{}, err
		}
		f, ok := page.FormWith(step)
		if !ok {
			return ready{}, fmt.Errorf("there is no form with %s for a new gig: %d %s", step, page.Status, page.Text())
		}
		for field, value := range answers(round, number)[step] {
			f.Set(field, value)
		}
		if step == "rate" {
			return ready{gig: strings.Split(page.URL.Path, "/")[2], form: f}, nil
		}
		page, err = client.Press(ctx, f, "")
	}
	return ready{}, err
}

// answers are what each step is told, by a field of it: one person for a morning,
// for what everybody can do.
func answers(round, number int) map[string]map[string]string {
	day := time.Now().AddDate(0, 0, 5+number%20)
	return map[string]map[string]string{
		"title": {"title": fmt.Sprintf("Proefwerk %d.%d", round, number), "description": "Drie uur helpen. Wij leggen alles uit.",
			"load": "light", "support": "yes", "others": "yes"},
		"shift-1-date-day": {"shift-1-date-day": strconv.Itoa(day.Day()), "shift-1-date-month": strconv.Itoa(int(day.Month())),
			"shift-1-date-year": strconv.Itoa(day.Year()), "shift-1-starts-hour": "9", "shift-1-ends-hour": "12"},
		"rate": {"rate": "18,00"},
	}
}

// mostWait is how long the last offer is waited for.
const mostWait = 20 * time.Second

// run posts on schedule, while members look and answer.
func (s *street) run(all context.Context) error {
	posting, posted := context.WithCancel(all)
	defer posted()
	group, ctx := errgroup.WithContext(all)
	before := s.town.requests.Load()
	s.began = time.Now()
	group.Go(func() error { defer posted(); return s.postAll(ctx) })
	group.Go(func() error { return s.watch(ctx, posting.Done()) })
	group.Go(func() error { return s.lookMeanwhile(ctx, posting.Done()) })
	if err := group.Wait(); err != nil {
		return err
	}
	s.took, s.requests = time.Since(s.began), s.town.requests.Load()-before
	return s.count(all)
}

// postAll starts every post on time, whatever became of those before.
func (s *street) postAll(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for i, f := range s.forms {
		if err := sleepUntil(ctx, s.began.Add(time.Duration(i)*time.Second/storyRate)); err != nil {
			return errors.Join(err, group.Wait())
		}
		group.Go(func() error { return s.post(ctx, s.clients[i%len(s.clients)], f) })
	}
	return group.Wait()
}

func (s *street) post(ctx context.Context, client someone, one ready) error {
	gig, begin := one.gig, time.Now()
	s.mu.Lock()
	s.sent[gig] = begin
	s.mu.Unlock()
	page, err := client.Press(ctx, one.form, "post=yes")
	if err != nil {
		return err
	}
	if page.Status != http.StatusOK || page.URL.Path != "/gigs/"+gig {
		return fmt.Errorf("posting led to %s, %d: %s", page.URL.Path, page.Status, page.Text())
	}
	s.note(&s.posted, begin)
	return nil
}

// note adds the time since begin.
func (s *street) note(to *[]float64, begin time.Time) {
	took := ms(time.Since(begin))
	s.mu.Lock()
	defer s.mu.Unlock()
	*to = append(*to, took)
}

// lookMeanwhile opens the office's first page, ten times a second.
func (s *street) lookMeanwhile(ctx context.Context, over <-chan struct{}) error {
	for next := s.began; ; next = next.Add(100 * time.Millisecond) {
		select {
		case <-over:
			return nil
		default:
		}
		if err := sleepUntil(ctx, next); err != nil {
			return err
		}
		begin := time.Now()
		page, err := s.office.Open(ctx, "/home")
		if err != nil || page.Status != http.StatusOK {
			return errors.Join(err, errors.New("the office's first page failed"))
		}
		s.note(&s.homes, begin)
	}
}

func sleepUntil(ctx context.Context, moment time.Time) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Until(moment)):
		return nil
	}
}
