package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gin-gonic/gin"
)

// keeping is what is kept, with a clock that is moved.
type keeping struct {
	keptAnswers
	now   time.Time
	fills int
}

func (k *keeping) ask(key string, size int) any {
	body, err := k.get(key, func() time.Time { return k.now }, func() (any, int, error) {
		k.fills++
		return k.fills, size, nil
	})
	if err != nil {
		return err
	}
	return body
}

func TestKeptForAMinute(t *testing.T) {
	k := &keeping{now: time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)}
	for _, tt := range []struct {
		wait time.Duration
		want int
	}{{0, 1}, {keptFor - 1, 1}, {1, 2}, {-1, 3}, {1, 3}, {-time.Hour, 4}, {keptFor - 1, 4}} {
		k.now = k.now.Add(tt.wait)
		if got := k.ask("list", 1); got != tt.want {
			t.Errorf("after %v it gives filling %v, want %d", tt.wait, got, tt.want)
		}
	}
}

// TestKeptIsBounded: what is over goes first, then all; what is too large for it is
// given and not kept.
func TestKeptIsBounded(t *testing.T) {
	k := &keeping{now: time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)}
	const third = mostKept / 3
	k.ask("old", third)
	k.now = k.now.Add(keptFor / 2)
	k.ask("half", third)
	k.ask("large", mostKept+1)
	if len(k.of) != 2 || k.size != 2*third {
		t.Errorf("%d answers of %d bytes are kept beside one that does not fit", len(k.of), k.size)
	}
	k.now = k.now.Add(keptFor / 2)
	k.ask("new", 2*third)
	if _, old := k.of["old"]; old || len(k.of) != 2 || k.size != 3*third {
		t.Errorf("%d answers of %d bytes, the one that is over among them: %v", len(k.of), k.size, old)
	}
	k.ask("more", third)
	k.ask("more", third)
	if len(k.of) != 1 || k.size != third || k.fills != 5 {
		t.Errorf("%d answers of %d bytes after %d fillings", len(k.of), k.size, k.fills)
	}
	k.ask("more", mostKept+1) // kept: it is not over
	k.now = k.now.Add(keptFor)
	if k.ask("more", mostKept+1); len(k.of) != 0 || k.size != 0 {
		t.Errorf("%d answers of %d bytes are kept after one that does not fit any more", len(k.of), k.size)
	}
}

// TestKeptIsFilledOnce for all who wait for it; an error is theirs, and not kept.
func TestKeptIsFilledOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var k keptAnswers
		fail, fills := errors.New("no database"), 0
		for round, want := range []error{fail, nil, nil} {
			goes := make(chan struct{})
			var all sync.WaitGroup
			for range 5 {
				all.Go(func() {
					body, err := k.get("list", time.Now, func() (any, int, error) {
						fills++
						<-goes
						return "list", 4, want
					})
					if err != want || err == nil && body != "list" {
						t.Errorf("round %d: %v, %v", round, body, err)
					}
				})
			}
			synctest.Wait()
			if other, err := k.get("other", time.Now, func() (any, int, error) { return "other", 5, nil }); other != "other" || err != nil {
				t.Errorf("what is asked besides waits: %v, %v", other, err)
			}
			close(goes)
			all.Wait()
			if most := min(round+1, 2); fills != most {
				t.Errorf("round %d: filled %d times, want %d", round, fills, most)
			}
		}
	})
}

// TestFillGoesOnWithoutItsVisitor, for so long as a filling may take.
func TestFillGoesOnWithoutItsVisitor(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	asked := httptest.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	r := &request{Context: &gin.Context{Request: asked}}
	done := r.fillsForOthers()
	leave()
	filling := r.Request.Context()
	if until, ok := filling.Deadline(); filling.Err() != nil || !ok || time.Until(until) > fillTime {
		t.Errorf("the filling ends at %v: %v", until, filling.Err())
	}
	if done(); filling.Err() == nil || r.Request != asked {
		t.Error("the request goes on as another one, or its time was not given back")
	}
}
