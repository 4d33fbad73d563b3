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

// TestLastSearchForgetsWhatWasTold: but not that a mail went today.
func TestLastSearchForgetsWhatWasTold(t *testing.T) {
	h := newHouse(t)
	search, other := h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}}), h.save(jobs.Saved{Wish: jobs.Wish{Text: "tuin"}})
	h.later(time.Hour)
	h.titled("Ramen lappen", 200)
	h.tells(h.round(nil, everything), "Ramen lappen")
	told := func() int { return h.number(`SELECT cardinality(told || mail_gigs) FROM jobs.search_news`) }
	h.allRight(h.RemoveSearch(h.ctx(), h.member, other))
	if told() == 0 {
		t.Error("forgotten while there is a search")
	}
	h.allRight(h.MailSearches(h.ctx(), h.member, false))
	h.allRight(h.RemoveSearch(h.ctx(), h.member, search))
	if told() != 0 || h.searches(h.member).Mail {
		t.Error("what was told is still known, or what the member wants is not")
	}
	h.allRight(h.MailSearches(h.ctx(), h.member, true))
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}})
	h.later(time.Minute)
	h.titled("Ramen twee", 200)
	if again := h.tell(nil, everything, "another", h.newsTask()); again != nil {
		t.Errorf("a second mail of the day: %q", again)
	}
}

// TestSavesWhoIsTold: who left saves none, and who is restricted neither: no mail
// would come.
func TestSavesWhoIsTold(t *testing.T) {
	h := newHouse(t)
	for want, do := range map[error]func() func(){members.ErrNotFound: h.left, members.ErrRestricted: h.restricted} {
		undo := do()
		if _, err := h.SaveSearch(h.ctx(), h.member, jobs.Saved{}); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
		undo()
	}
	h.save(jobs.Saved{})
}

// TestNothingIsSavedWhileErasing: who saves at the moment that they are erased leaves
// nothing.
func TestNothingIsSavedWhileErasing(t *testing.T) {
	h := newHouse(t)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}}) // so that they have a key
	h.exec(`DELETE FROM jobs.saved_search`)
	h.exec(`DELETE FROM jobs.search_news`)
	h.tx(func(tx pgx.Tx) error {
		e, err := h.people.BeginErasingTx(h.ctx(), tx, h.member.Person)
		h.allRight(err)
		h.allRight(h.EraseTx(h.ctx(), tx, e))
		short, done := context.WithTimeout(h.ctx(), 200*time.Millisecond)
		defer done()
		if _, err := h.SaveSearch(short, h.member, jobs.Saved{Wish: jobs.Wish{Text: "tuin"}}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("it did not wait: %v", err)
		}
		return h.people.EraseTx(h.ctx(), tx, e, nil)
	})
	if _, err := h.SaveSearch(h.ctx(), h.member, jobs.Saved{}); !errors.Is(err, members.ErrNotFound) {
		t.Error(err)
	}
	if n := h.number(`SELECT count(*) FROM jobs.saved_search`); n != 0 {
		t.Errorf("%d searches are left", n)
	}
}
