package coaching

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meent/internal/id"
	"meent/members"
)

func drawDay(t *rapid.T, name string) members.Day {
	return members.Day("2026-01-01").Add(rapid.IntRange(0, 365).Draw(t, name))
}

func drawContent(t *rapid.T) Content {
	text := rapid.StringMatching(`[a-zé<&" ]{0,12}`)
	c := Content{Cooperative: text.Draw(t, "cooperative"), Member: text.Draw(t, "member"), Summary: text.Draw(t, "summary"), From: drawDay(t, "from"), Until: drawDay(t, "until")}
	for range rapid.IntRange(0, 3).Draw(t, "goals") {
		g := SaidGoal{Text: text.Draw(t, "goal"), State: rapid.SampledFrom(GoalStates()).Draw(t, "state"), Steps: []SaidStep{}}
		for range rapid.IntRange(0, 2).Draw(t, "steps") {
			g.Steps = append(g.Steps, SaidStep{Text: text.Draw(t, "step")})
		}
		c.Goals = append(c.Goals, g)
	}
	for range rapid.IntRange(0, 3).Draw(t, "contacts") {
		c.Contacts = append(c.Contacts, SaidHelp{Day: drawDay(t, "day"), Minutes: rapid.IntRange(1, 600).Draw(t, "minutes"), Why: text.Draw(t, "why")})
	}
	for range rapid.IntRange(0, 2).Draw(t, "forms") {
		n := func() int { return rapid.IntRange(1, 10).Draw(t, "score") }
		c.Forms = append(c.Forms, SaidScores{By: MemberForm, Given: "2026-11-01", Scores: Scores{n(), n(), n(), n(), n()}})
	}
	return c
}

// TestSameContentSameHash: reading and writing again changes nothing, and what
// says something else has another hash.
func TestSameContentSameHash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawContent(t), drawContent(t)
		text, err := a.canonical()
		if err != nil {
			t.Fatal(err)
		}
		var again Content
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatal(err)
		}
		first, _ := a.hash()
		second, _ := again.hash()
		if diff := cmp.Diff(a, again); diff != "" || first != second || len(Code(first)) != 14 {
			t.Fatalf("%s became %s (-was +is):\n%s", first, second, diff)
		}
		other, _ := b.hash()
		if cmp.Equal(a, b) != (first == other) {
			t.Fatalf("equal is %v, and the hashes are %s and %s", cmp.Equal(a, b), first, other)
		}
		if a.Mean("") < 0 || a.Mean("") > 100 {
			t.Fatalf("the mean is %d", a.Mean(""))
		}
	})
}

// TestOrderOfRowsIsNoMatter: goals that come in another order say the same.
func TestOrderOfRowsIsNoMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
		var goals []Goal
		for range rapid.IntRange(0, 6).Draw(t, "n") {
			goals = append(goals, Goal{ID: id.New[Goal](nil), Text: id.New[Goal](nil).String(), State: GoalOpen, Made: at.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "hours")) * time.Hour)})
		}
		from, until := at.AddDate(0, -1, 0), at.AddDate(0, 1, 0)
		if diff := cmp.Diff(saidGoals(goals, from, until), saidGoals(rapid.Permutation(goals).Draw(t, "order"), from, until)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestGoalsAndRungsOfAPeriod(t *testing.T) {
	day := func(d members.Day) time.Time { return startOf(d).Add(12 * time.Hour) }
	goals := []Goal{
		{Text: "over before", State: GoalMet, Made: day("2026-01-01"), Ended: day("2026-08-31")},
		{Text: "over on the first day", State: GoalMet, Made: day("2026-01-01"), Ended: day("2026-09-01")},
		{Text: "made on the last day", State: GoalOpen, Made: day("2026-11-24")},
		{Text: "judged afterwards", State: GoalNeedsMore, Made: day("2026-09-05"), Ended: day("2026-11-28")},
		{Text: "made afterwards", State: GoalOpen, Made: day("2026-11-25")},
	}
	from, until := startOf("2026-09-01"), startOf("2026-11-25")
	var got []string
	for _, g := range saidGoals(goals, from, until) {
		got = append(got, g.Text)
	}
	if diff := cmp.Diff([]string{"over on the first day", "judged afterwards", "made on the last day"}, got); diff != "" {
		t.Errorf("goals (-want +got):\n%s", diff)
	}
	rungs := []Rung{{State: RungProposed, Step: 6}, {State: RungSet, Step: 5, Settled: day("2026-11-25")}, {State: RungSet, Step: 4, Settled: day("2026-11-24")},
		{State: RungSet, Step: 3, Settled: day("2026-08-31")}, {State: RungSet, Step: 2, Settled: day("2026-01-01")}}
	var steps []int
	for _, g := range saidRungs(rungs, from, until) {
		steps = append(steps, g.Step)
	}
	if diff := cmp.Diff([]int{3, 4}, steps); diff != "" {
		t.Errorf("rungs (-want +got):\n%s", diff)
	}
}

func TestStatementMoves(t *testing.T) {
	allowed := map[StatementState][]StatementState{StatementDraft: {StatementSignedOnce, StatementWithdrawn}, StatementSignedOnce: {StatementSigned, StatementWithdrawn}}
	for _, from := range StatementStates() {
		for _, to := range StatementStates() {
			want := false
			for _, one := range allowed[from] {
				want = want || one == to
			}
			if _, err := from.To(to); (err == nil) != want || !want && !errors.Is(err, ErrStatementMoved) {
				t.Errorf("%s to %s gave %v", from, to, err)
			}
		}
	}
}

func TestTenths(t *testing.T) {
	for _, tt := range []struct{ sum, n, want int }{{0, 0, 0}, {50, 5, 100}, {33, 5, 66}, {20, 3, 67}, {65, 10, 65}, {129, 20, 65}} {
		if got := tenths(tt.sum, tt.n); got != tt.want {
			t.Errorf("%d of %d is %d, want %d", tt.sum, tt.n, got, tt.want)
		}
	}
}
