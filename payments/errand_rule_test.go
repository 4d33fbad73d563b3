package payments

import (
	"errors"
	"testing"
	"time"
)

// TestWhatATryMayDo is the rule of keys: the same one as long as it is sure to be
// known, a look before any other.
func TestWhatATryMayDo(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 10, 0, 0, time.UTC)
	e := errand{kind: "transfer", subject: "s", input: Transfer{Amount: 5}}
	other := errand{kind: "transfer", subject: "s", input: Transfer{Amount: 6}}
	tried := func(tries int, first, last time.Duration) notedErrand {
		return notedErrand{hash: e.hash(), generation: 2, tries: tries, firstAt: now.Add(-first), lastAt: now.Add(-last)}
	}
	e.words = "here"
	said := func(words string, tries int, first, last time.Duration) notedErrand {
		n := tried(tries, first, last)
		if words != "" {
			n.words = e.hashOf(words)
		}
		return n
	}
	for name, tt := range map[string]struct {
		noted   notedErrand
		careful bool
		look    bool
		err     error
	}{
		"the first":                         {notedErrand{generation: 2}, false, false, nil},
		"the first, after a restore":        {notedErrand{generation: 2}, true, true, nil},
		"the second, after a restore":       {tried(1, time.Hour, time.Hour), true, false, nil},
		"three at once":                     {tried(3, time.Second, time.Second), false, false, nil},
		"three that ended":                  {tried(3, time.Hour, time.Minute), false, true, nil},
		"two that ended":                    {tried(2, time.Hour, time.Hour), false, false, nil},
		"one, just before its key is old":   {tried(1, 20*time.Hour, time.Hour), false, false, nil},
		"one, with an old key":              {tried(1, 20*time.Hour+1, time.Hour), false, true, nil},
		"an old key, and a call under way":  {tried(2, 21*time.Hour, time.Second), false, false, ErrTooEarly},
		"something else":                    {notedErrand{hash: other.hash(), generation: 2, tries: 1, firstAt: now, lastAt: now}, false, false, ErrOtherErrand},
		"other words, after a while":        {said("there", 1, time.Hour, time.Hour), false, true, nil},
		"other words, and a call under way": {said("there", 1, time.Second, time.Second), false, false, ErrTooEarly},
		"the same words":                    {said("here", 1, time.Hour, time.Hour), false, false, nil},
		"words of which nothing was noted":  {said("", 1, time.Hour, time.Hour), false, false, nil},
	} {
		got, err := tt.noted.try(e, tt.careful, now)
		if got.doubtful != tt.look || !errors.Is(err, tt.err) || got.generation != 2 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if got, err := (notedErrand{hash: e.hash(), outside: "tr_1"}).try(e, true, now); got.outside != "tr_1" || err != nil {
		t.Errorf("one that was done: %+v, %v", got, err)
	}
}
