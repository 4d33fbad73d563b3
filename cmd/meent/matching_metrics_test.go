package main

import (
	"context"
	"errors"
	"testing"
	"time"

	"meent/matching"
	"meent/members"
)

// TestMatchingMetrics: each figure is that of the engine of this process, and none is
// shown that is not known.
func TestMatchingMetrics(t *testing.T) {
	h, fails := matching.EngineHealth{State: matching.EngineKept, Behind: 3, Age: time.Minute}, error(nil)
	h.Members, h.Looked, h.Wrong, h.Faults = 7, 40, 1, 2
	m := newMatchingMetrics(nil)
	m.health = func(context.Context) (matching.EngineHealth, error) { return h, fails }
	m.waits = func(context.Context) (matching.Waits, error) {
		return matching.Waits{Filled: 2, Half: time.Hour, Most: 2 * time.Hour, Oldest: 3 * time.Hour}, fails
	}
	got := figures(t, m)
	for name, want := range map[string]float64{"engine_members": 7, "feed_behind_rows": 3, "feed_age_seconds": 60, "filled_seconds": 3600, "unfilled_oldest_seconds": 10800} {
		if got["meent_matching_"+name] != want {
			t.Errorf("%s is %g, want %g", name, got["meent_matching_"+name], want)
		}
	}
	if len(got) != 10 {
		t.Errorf("the metrics are %v", got)
	}
	if h.State = matching.EngineNone; len(figures(t, m)) != 2 {
		t.Error("figures of an engine that nobody keeps")
	}
	if fails = errors.New("no database"); len(figures(t, m)) != 0 {
		t.Error("figures that nobody counted")
	}
}

// TestReviewMetrics: the same of second looks.
func TestReviewMetrics(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	open, fails := members.OpenReviews{Count: 2, Late: 1, Oldest: now.Add(-time.Hour)}, error(nil)
	m := newReviewMetrics(nil, func() time.Time { return now })
	m.open = func(context.Context) (members.OpenReviews, error) { return open, fails }
	if got := figures(t, m); got["meent_reviews_open"] != 2 || got["meent_reviews_late"] != 1 || got["meent_reviews_oldest_seconds"] != 3600 {
		t.Errorf("the metrics are %v", got)
	}
	if open = (members.OpenReviews{}); figures(t, m)["meent_reviews_oldest_seconds"] != 0 {
		t.Error("nothing is old")
	}
	if fails = errors.New("no database"); len(figures(t, m)) != 0 {
		t.Error("figures that nobody counted")
	}
}
