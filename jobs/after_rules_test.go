package jobs

import (
	"errors"
	"testing"
	"time"

	"meent/members"
)

// TestWhenFeedbackIsGiven: of each state of the work, and of each moment.
func TestWhenFeedbackIsGiven(t *testing.T) {
	agreed := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for _, state := range EngagementStates() {
		worked := state == Agreed || state == Billed || state == Paid || state == Closed
		for _, part := range []bool{false, true} {
			err := settled{state: state, partPay: part, agreed: agreed}.feedback(nil, agreed)
			if want := worked && !part; (err == nil) != want || err != nil && !errors.Is(err, ErrNoFeedback) {
				t.Errorf("%s, part pay %v: %v", state, part, err)
			}
		}
	}
	given := &Feedback{Given: agreed.Add(time.Hour)}
	answered := &Feedback{Given: agreed.Add(time.Hour), Answered: agreed.Add(2 * time.Hour)}
	for _, tt := range []struct {
		name   string
		before *Feedback
		after  time.Duration
		want   error
	}{
		{"the last moment", nil, 30 * 24 * time.Hour, nil},
		{"a moment too late", nil, 30*24*time.Hour + 1, ErrFeedbackClosed},
		{"changed within a day", given, 25*time.Hour - 1, nil},
		{"a day later", given, 25 * time.Hour, ErrFeedbackFixed},
		{"once it is answered", answered, 3 * time.Hour, ErrFeedbackFixed},
	} {
		if err := (settled{state: Paid, agreed: agreed}).feedback(tt.before, agreed.Add(tt.after)); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	if err := (settled{state: Paid}).feedback(nil, agreed); !errors.Is(err, ErrNoFeedback) {
		t.Errorf("hours that nobody agreed: %v", err)
	}
}

// TestWhoAnswersFeedback: the other side, once, within a month.
func TestWhoAnswersFeedback(t *testing.T) {
	given := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	f := Feedback{Side: members.RoleClient, Given: given}
	for _, tt := range []struct {
		side     members.RoleKind
		answered time.Time
		after    time.Duration
		want     error
	}{
		{members.RoleMember, time.Time{}, 0, nil},
		{members.RoleMember, time.Time{}, 30 * 24 * time.Hour, nil},
		{members.RoleMember, time.Time{}, 30*24*time.Hour + 1, ErrFeedbackClosed},
		{members.RoleMember, given, time.Hour, ErrFeedbackFixed},
		{members.RoleClient, time.Time{}, 0, members.ErrNotFound},
	} {
		f.Answered = tt.answered
		if err := f.answerable(tt.side, given.Add(tt.after)); !errors.Is(err, tt.want) {
			t.Errorf("%+v gave %v", tt, err)
		}
	}
}
