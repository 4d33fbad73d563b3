package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

func (h *house) newsTask() jobs.SearchNews {
	return jobs.SearchNews{Member: h.member.Member, Cooperative: h.member.Cooperative}
}

// TestNewsOfTooManyGigs: a mail tells of 200 at most, however many fit, and the
// others come the days after; the index is asked some times for all of them.
func TestNewsOfTooManyGigs(t *testing.T) {
	h := newHouse(t)
	for _, text := range []string{"ramen", "tuin", "keuken"} {
		h.save(jobs.Saved{Wish: jobs.Wish{Text: text}})
	}
	h.later(time.Hour)
	h.bulk(450)
	index := &liar{gigs: h.openIDs()}
	for day, want := range []int{200, 200, 50, 0} {
		index.asks = 0
		n, err := h.News(h.ctx(), index, everything, string(rune('a'+day)), h.newsTask())
		if err != nil && (want > 0 || !errors.Is(err, members.ErrNotFound)) {
			t.Fatal(err)
		}
		if err == nil {
			h.tx(func(tx pgx.Tx) error { return h.NewsToldTx(h.ctx(), tx, h.newsTask(), n) })
		}
		if told := len(n.Gigs) + n.Rest; told != want || len(n.Gigs) > jobs.MostNews {
			t.Errorf("day %d: %d are told, and %d by name; want %d", day, told, len(n.Gigs), want)
		}
		if index.asks > 15 {
			t.Errorf("day %d: the index is asked %d times", day, index.asks)
		}
		h.later(24 * time.Hour)
	}
}

// bulk posts so many gigs that are alike.
func (h *house) bulk(n int) {
	h.t.Helper()
	one := h.titled("Ramen", 300)
	h.exec(`WITH more AS (SELECT gen_random_uuid() AS id FROM generate_series(2, $2)),
		gigs AS (INSERT INTO jobs.gig (id, cooperative_id, client_id, title, description, language, place_code, address, rate_cents, load, support_on_site, with_others, state, posted_by, posted_at)
			SELECT m.id, cooperative_id, client_id, title, description, language, place_code, address, rate_cents, load, support_on_site, with_others, state, posted_by, posted_at
			FROM jobs.gig g, more m WHERE g.id = $1 RETURNING id)
		INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, seats, break_minutes)
		SELECT gen_random_uuid(), s.cooperative_id, gigs.id, s.starts_at, s.ends_at, s.seats, s.break_minutes FROM jobs.shift s, gigs WHERE s.gig_id = $1`, one, n)
}

func (h *house) openIDs() []jobs.GigID {
	h.t.Helper()
	rows, _ := h.db.Query(h.ctx(), `SELECT id FROM jobs.gig WHERE state = 'open'`)
	gigs, err := pgx.CollectRows(rows, pgx.RowTo[jobs.GigID])
	h.allRight(err)
	return gigs
}

// TestNewsLooksOnceAtWhatDoesNotFit: a gig that fits nothing is looked at on two days,
// and what the member can do is not asked for it; one that was full is told when it
// has a seat, also much later.
func TestNewsLooksOnceAtWhatDoesNotFit(t *testing.T) {
	h := newHouse(t)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}, CanDo: true})
	h.later(time.Hour)
	paused := h.titled("Ramen", 400)
	h.titled("Tuin", 400)
	h.allRight(h.Pause(h.ctx(), h.client, paused))
	h.later(3 * time.Hour)
	index, asked := &liar{gigs: []jobs.GigID{paused}}, 0
	can := func(context.Context, members.Actor) ([]jobs.GigID, error) { asked++; return []jobs.GigID{paused}, nil }
	for day := range 4 {
		index.asks = 0
		h.tells(h.round(index, can))
		if want := max(0, 2-day); index.asks > want {
			t.Errorf("day %d: the index is asked %d times, want %d", day, index.asks, want)
		}
		h.later(24 * time.Hour)
	}
	if asked != 0 {
		t.Error("it was asked what the member can do, for nothing")
	}
	h.allRight(h.Resume(h.ctx(), h.client, paused))
	h.tells(h.round(index, can), "Ramen")
	h.later(24 * time.Hour)
	h.tells(h.round(index, can))
	if asked != 1 {
		t.Errorf("it was asked %d times what the member can do", asked)
	}
}

// TestNewsWaitsForTheIndex: while it gives no answer there is no news, neither from
// Postgres, and pages go on asking; nor does what pages meet count here.
func TestNewsWaitsForTheIndex(t *testing.T) {
	h := newHouse(t)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}})
	h.later(time.Hour)
	gig := h.titled("Ramen lappen", 200)
	index := &liar{gigs: []jobs.GigID{gig}, fail: errors.New("down")}
	for range 5 {
		if n, err := h.News(h.ctx(), index, everything, "first", h.newsTask()); err == nil || errors.Is(err, members.ErrNotFound) {
			t.Fatalf("%+v, %v", n, err)
		}
	}
	if index.asks != 3 {
		t.Errorf("asked %d times in a row", index.asks)
	}
	if use := h.IndexUse(); use != (jobs.IndexUse{}) {
		t.Errorf("pages are said to have asked: %+v", use)
	}
	index.fail = nil
	if found := h.browse(t, index, h.member, jobs.Wish{Text: "ramen"}); found.Plain || len(found.Gigs) != 1 {
		t.Errorf("a page found %+v", found)
	}
	h.later(time.Hour)
	h.tells([][]string{h.tell(index, everything, "first", h.newsTask())}, "Ramen lappen")
}

// TestNewsTriedAgain: a mail that did not go is told again as it was, and what is newer
// the day after; so is one that never went.
func TestNewsTriedAgain(t *testing.T) {
	h := newHouse(t)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}})
	h.later(time.Hour)
	h.titled("Ramen een", 200)
	if _, err := h.News(h.ctx(), nil, everything, "first", h.newsTask()); err != nil {
		t.Fatal(err)
	}
	h.titled("Ramen twee", 210)
	h.tells([][]string{h.tell(nil, everything, "first", h.newsTask())}, "Ramen een")
	if told := h.tell(nil, everything, "first", h.newsTask()); told != nil {
		t.Errorf("told again %q", told)
	}
	h.later(24 * time.Hour)
	if _, err := h.News(h.ctx(), nil, everything, "second", h.newsTask()); err != nil {
		t.Fatal(err)
	}
	h.later(72 * time.Hour) // it died
	h.titled("Ramen drie", 220)
	h.tells([][]string{h.tell(nil, everything, "third", h.newsTask())}, "Ramen twee", "Ramen drie")
}

// TestNewsThatWaits: a mail that did not go and waits for the end of quiet hours is the
// one mail of the day on which it goes, with what it began with.
func TestNewsThatWaits(t *testing.T) {
	h := newHouse(t)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}})
	h.later(time.Hour)
	h.titled("Ramen een", 200)
	if _, err := h.News(h.ctx(), nil, everything, "first", h.newsTask()); err != nil {
		t.Fatal(err)
	}
	task := h.newsTask()
	for range 2 { // it waits twice
		h.tx(func(tx pgx.Tx) error { return h.NewsLaterTx(h.ctx(), tx, "first", task, h.now.Add(14*time.Hour)) })
		task = h.waiting()
	}
	if task.Key != "first" || task.Member != h.member.Member || task.Cooperative != h.member.Cooperative {
		t.Fatalf("it goes on as %+v", task)
	}
	h.titled("Ramen twee", 210)
	h.later(14 * time.Hour)
	h.tells([][]string{h.tell(nil, everything, task.Key, task)}, "Ramen een")
	if told := h.tell(nil, everything, task.Key, task); told != nil {
		t.Errorf("told again %q", told)
	}
	h.tells(h.round(nil, everything)) // that day had its mail
	h.later(24 * time.Hour)
	h.tells(h.round(nil, everything), "Ramen twee")
}

// waiting takes the one task of news.
func (h *house) waiting() (task jobs.SearchNews) {
	h.t.Helper()
	h.allRight(h.db.QueryRow(h.ctx(), `DELETE FROM tasks.task WHERE kind = 'jobs.search_news' RETURNING payload`).Scan(&task))
	return task
}

// TestNewsThatFilledBetweenTries is told when there is a seat again, and not before.
func TestNewsThatFilledBetweenTries(t *testing.T) {
	h := newHouse(t)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}})
	h.later(time.Hour)
	h.titled("Ramen een", 300)
	away := h.titled("Ramen twee", 310)
	if n, err := h.News(h.ctx(), nil, everything, "first", h.newsTask()); err != nil || len(n.Gigs) != 2 {
		t.Fatalf("%+v, %v", n, err)
	}
	h.allRight(h.Pause(h.ctx(), h.client, away))
	h.tells([][]string{h.tell(nil, everything, "first", h.newsTask())}, "Ramen een")
	for range 3 {
		h.later(24 * time.Hour)
		h.tells(h.round(nil, everything))
	}
	h.allRight(h.Resume(h.ctx(), h.client, away))
	h.tells(h.round(nil, everything))
	h.later(24 * time.Hour)
	h.tells(h.round(nil, everything), "Ramen twee")
}

// TestNewsAfterAWrongClock: what a clock noted that was days ahead keeps no news away
// when it is right again, and one that is a day ahead makes no second mail.
func TestNewsAfterAWrongClock(t *testing.T) {
	const day = 24 * time.Hour
	for ahead, told := range map[time.Duration]int{day: 2, 10 * day: 0} { // after so many days
		for _, first := range []bool{true, false} {
			h := newHouse(t)
			h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}})
			h.later(time.Hour)
			h.titled("Ramen oud", 600)
			if h.later(ahead); first {
				h.tells(h.round(nil, everything), "Ramen oud")
			} else {
				h.exec(`UPDATE jobs.search_news SET told = ARRAY(SELECT id FROM jobs.gig), told_at = $1`, h.now)
				h.tells(h.round(nil, everything))
			}
			h.later(-ahead)
			h.titled("Ramen nieuw", 600)
			for n := range 3 {
				if mails := h.round(nil, everything); !first && n == 0 || first && n == told {
					h.tells(mails, "Ramen nieuw")
				} else {
					h.tells(mails)
				}
				h.later(day)
			}
		}
	}
}

// TestNewsForgetsChoicesThatAreNone: as the page does.
func TestNewsForgetsChoicesThatAreNone(t *testing.T) {
	h := newHouse(t)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen", Groups: []string{"magic"}}})
	h.later(time.Hour)
	h.titled("Ramen lappen", 200)
	h.tells(h.round(nil, everything), "Ramen lappen")
}

// TestNewsIsSpread: members hear it in the course of two hours, each at the same time
// every day; those for whom it is too late at once.
func TestNewsIsSpread(t *testing.T) {
	h := newHouse(t)
	h.now = time.Date(2026, 11, 24, 15, 30, 0, 0, time.UTC) // 16.30
	h.save(jobs.Saved{})
	h.exec(`UPDATE jobs.search_news SET asked_day = $1::date - 1`, h.now)
	due := func() (at time.Time) {
		h.tx(func(tx pgx.Tx) error { return h.SearchesDueTx(h.ctx(), tx, jobs.SearchesDue{}) })
		h.allRight(h.db.QueryRow(h.ctx(), `DELETE FROM tasks.task WHERE kind = 'jobs.search_news' RETURNING due_at`).Scan(&at))
		return at
	}
	id := h.member.Member
	own := time.Duration(int(id[14])<<8+int(id[15])) * 2 * time.Hour / (1 << 16)
	for range 2 {
		if got, want := due(), h.now.Add(own); !got.Equal(want.Truncate(time.Microsecond)) {
			t.Errorf("due at %v, want %v", got, want)
		}
		h.later(24 * time.Hour)
	}
	h.later(3 * time.Hour)
	if got := due(); !got.Equal(h.now) {
		t.Errorf("late in the day it is due at %v", got)
	}
}
