package jobs

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

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

// TestFavouriteMoves: each move there is, one by one.
func TestFavouriteMoves(t *testing.T) {
	allowed := map[FavouriteState][]FavouriteState{
		FavouriteAsked: {FavouriteOn, FavouriteRefused, FavouriteWithdrawn, FavouriteExpired},
		FavouriteOn:    {FavouriteEnded},
	}
	for _, from := range FavouriteStates() {
		for _, to := range FavouriteStates() {
			got, err := from.To(to)
			if want := slices.Contains(allowed[from], to); (err == nil) != want || want && got != to || !want && (got != from || !errors.Is(err, ErrFavouriteMoved)) {
				t.Errorf("%s to %s gave %s, %v", from, to, got, err)
			}
		}
	}
}

// TestJobMoves: each move there is, one by one.
func TestJobMoves(t *testing.T) {
	all := []JobState{JobTaken, JobDeclined, JobWithdrawn, JobExpired}
	allowed := map[JobState][]JobState{
		JobAsked:      append([]JobState{JobCoachFirst, JobWithCoach}, all...),
		JobCoachFirst: append([]JobState{JobAsked, JobWithCoach}, all...),
		JobWithCoach:  all,
	}
	for _, from := range JobStates() {
		for _, to := range JobStates() {
			got, err := from.To(to)
			if want := slices.Contains(allowed[from], to); (err == nil) != want || want && got != to || !want && (got != from || !errors.Is(err, ErrJobMoved)) {
				t.Errorf("%s to %s gave %s, %v", from, to, got, err)
			}
		}
	}
}

// TestWhoDecidesAboutAJob: with a coach both, without one the member.
func TestWhoDecidesAboutAJob(t *testing.T) {
	type word struct {
		who   string
		say   JobWord
		coach bool // there is one
	}
	yes, no := func(who string) word { return word{who, JobYes, true} }, func(who string) word { return word{who, JobNo, true} }
	for _, tt := range []struct {
		name  string
		begin JobState
		words []word
		want  JobState
		moved bool // the last word came too late
	}{
		{"alone, yes", JobAsked, []word{{"member", JobYes, false}}, JobTaken, false},
		{"alone, no", JobAsked, []word{{"member", JobNo, false}}, JobDeclined, false},
		{"a no needs no coach", JobAsked, []word{no("member")}, JobDeclined, false},
		{"a yes waits", JobAsked, []word{yes("member")}, JobWithCoach, false},
		{"both yes", JobAsked, []word{yes("member"), yes("coach")}, JobTaken, false},
		{"the coach no", JobAsked, []word{yes("member"), no("coach")}, JobDeclined, false},
		{"the coach was not asked", JobAsked, []word{yes("coach")}, JobAsked, true},
		{"advice, yes", JobCoachFirst, []word{yes("coach")}, JobAsked, false},
		{"advice and a yes", JobCoachFirst, []word{yes("coach"), yes("member")}, JobTaken, false},
		{"advice against it", JobCoachFirst, []word{no("coach"), yes("member")}, JobWithCoach, false},
		{"and they talked", JobCoachFirst, []word{no("coach"), yes("member"), yes("coach")}, JobTaken, false},
		{"and did not agree", JobCoachFirst, []word{no("coach"), yes("member"), no("coach")}, JobDeclined, false},
		{"the member does not wait", JobCoachFirst, []word{yes("member")}, JobWithCoach, false},
		{"twice yes", JobAsked, []word{yes("member"), yes("member")}, JobWithCoach, true},
		{"on second thoughts", JobAsked, []word{yes("member"), no("member")}, JobDeclined, false},
		{"the coach left", JobAsked, []word{yes("member"), {"member", JobYes, false}}, JobTaken, false},
		{"after their no, too", JobCoachFirst, []word{no("coach"), yes("member"), {"member", JobYes, false}}, JobTaken, false},
		{"it is over", JobDeclined, []word{yes("member")}, JobDeclined, true},
		{"for the coach, too", JobTaken, []word{no("coach")}, JobTaken, true},
	} {
		o, err := JobOffer{State: tt.begin}, error(nil)
		for _, w := range tt.words {
			if w.who == "coach" {
				err = o.coach(w.say)
			} else {
				err = o.member(w.say, w.coach)
			}
		}
		if o.State != tt.want || errors.Is(err, ErrJobMoved) != tt.moved || err != nil && !tt.moved {
			t.Errorf("%s: %s, %v; want %s", tt.name, o.State, err, tt.want)
		}
		if o.State == JobTaken && len(tt.words) > 0 && tt.begin != JobTaken && (o.MemberSaid != JobYes || o.CoachSaid == JobNo) {
			t.Errorf("%s: taken where the member said %q and the coach %q", tt.name, o.MemberSaid, o.CoachSaid)
		}
	}
}

// TestNothingIsTakenWithoutBoth: whatever the two say, in whichever order.
func TestNothingIsTakenWithoutBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := JobOffer{State: JobAsked}
		coachThere := true
		for range rapid.IntRange(1, 12).Draw(t, "moves") {
			before := o
			say := rapid.SampledFrom([]JobWord{JobYes, JobNo}).Draw(t, "say")
			var err error
			switch rapid.SampledFrom([]string{"member", "coach", "ask", "leaves"}).Draw(t, "who") {
			case "member":
				err = o.member(say, coachThere)
			case "coach":
				if coachThere {
					err = o.coach(say)
				}
			case "ask":
				if to, moved := o.State.To(JobCoachFirst); moved == nil {
					o.State = to
				}
			case "leaves":
				coachThere = false
			}
			switch {
			case err != nil && o.State != before.State:
				t.Fatalf("an illegal move led from %s to %s", before.State, o.State)
			case before.State == JobTaken && o.State != JobTaken, before.State == JobDeclined && o.State != JobDeclined:
				t.Fatalf("%s became %s", before.State, o.State)
			case o.State == JobTaken && (o.MemberSaid != JobYes || coachThere && o.CoachSaid != JobYes):
				t.Fatalf("taken: %+v", o)
			}
		}
	})
}

// TestClientSeesNothingOfTheCoach: whatever was said.
func TestClientSeesNothingOfTheCoach(t *testing.T) {
	for _, state := range JobStates() {
		o := JobOffer{State: state, MemberSaid: JobYes, Reason: "x", CoachSaid: JobNo, CoachWords: "x", CoachName: "Els", CoachListen: true}.shown()
		if o.MemberSaid != "" || o.Reason != "" || o.CoachSaid != "" || o.CoachWords != "" || o.CoachName != "" || o.CoachListen {
			t.Errorf("%s: %+v", state, o)
		}
		if state.Live() != (o.State == JobAsked) {
			t.Errorf("%s is shown as %s", state, o.State)
		}
	}
}
