package jobs_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/jobs/bleveindex"
	"meent/members"
)

// index gives an index that holds every gig as it is now.
func (h *house) index(t *testing.T) *bleveindex.Index {
	t.Helper()
	index, err := bleveindex.Open("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = index.Close() })
	if err := h.RebuildIndex(t.Context(), index); err != nil {
		t.Fatal(err)
	}
	return index
}

// titled posts a gig with this title that begins so many hours later than h.gig.
func (h *house) titled(title string, later int) jobs.GigID {
	n := h.gig()
	n.Title = title
	n.Shifts[0].Starts = n.Shifts[0].Starts.Add(time.Duration(later) * time.Hour)
	n.Shifts[0].Ends = n.Shifts[0].Ends.Add(time.Duration(later) * time.Hour)
	return h.post(h.client, n)
}

func (h *house) browse(t *testing.T, index jobs.Index, by members.Actor, w jobs.Wish) jobs.Found {
	t.Helper()
	found, err := h.Browse(t.Context(), index, by, w)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func ids(found jobs.Found) (gigs []jobs.GigID) {
	for _, l := range found.Gigs {
		gigs = append(gigs, l.ID)
	}
	return gigs
}

// TestBrowseFindsWhatIsWished by the index, and by Postgres where there is none.
func TestBrowseFindsWhatIsWished(t *testing.T) {
	h := newHouse(t)
	windows, cafe := h.titled("Ramen lappen", 0), h.titled("Tafels afruimen in een café", 2)
	index := h.index(t)
	tests := []struct {
		name string
		wish jobs.Wish
		want []jobs.GigID
	}{
		{"nothing in particular", jobs.Wish{}, []jobs.GigID{windows, cafe}},
		{"words that say nothing", jobs.Wish{Text: "de het +%_"}, []jobs.GigID{windows, cafe}},
		{"a word", jobs.Wish{Text: "cafe"}, []jobs.GigID{cafe}},
		{"a word with an accent", jobs.Wish{Text: "CAFÉ"}, []jobs.GigID{cafe}},
		{"two words", jobs.Wish{Text: "tafels café"}, []jobs.GigID{cafe}},
		{"a word that nobody wrote", jobs.Wish{Text: "zeppelin"}, nil},
		{"bytes that are no text", jobs.Wish{Text: "cafe\x00\xff"}, []jobs.GigID{cafe}},
		{"a group", jobs.Wish{Groups: []string{h.group(t)}}, []jobs.GigID{windows, cafe}},
		{"another group", jobs.Wish{Groups: []string{"unheard-of"}}, nil},
		{"near", jobs.Wish{Text: "café", Metres: 50_000}, []jobs.GigID{cafe}},
		{"nearer", jobs.Wish{Text: "café", Metres: 1000}, nil},
		{"a page that is too far", jobs.Wish{Text: "café", Page: 9}, nil},
	}
	for _, tt := range tests {
		for name, index := range map[string]jobs.Index{"the index": index, "postgres": nil} {
			if found := h.browse(t, index, h.member, tt.wish); !slices.Equal(ids(found), tt.want) || found.Plain {
				t.Errorf("%s by %s found %v, want %v", tt.name, name, ids(found), tt.want)
			}
		}
	}
}

// group is the group of the skill that h.gig asks.
func (h *house) group(t *testing.T) (code string) {
	t.Helper()
	if err := h.db.QueryRow(t.Context(), `SELECT group_code FROM members.skill WHERE code = $1`, h.gig().Skills[0]).Scan(&code); err != nil {
		t.Fatal(err)
	}
	return code
}

func TestBrowseStaysInsideTheCooperative(t *testing.T) {
	h := newHouse(t)
	h.titled("Ramen lappen", 0)
	for _, index := range []jobs.Index{h.index(t), nil} {
		if found := h.browse(t, index, h.otherOffices, jobs.Wish{Text: "ramen"}); found.Total != 0 {
			t.Errorf("another cooperative found %d", found.Total)
		}
	}
}

// TestBrowseShowsNothingThatIsClosed, whatever an index that lags says.
func TestBrowseShowsNothingThatIsClosed(t *testing.T) {
	h := newHouse(t)
	full, paused, open := h.titled("Ramen een", 0), h.titled("Ramen twee", 4), h.titled("Ramen drie", 8)
	index := h.index(t)
	h.fillUp(t, full)
	if _, err := h.db.Exec(t.Context(), `UPDATE jobs.gig SET state = 'paused' WHERE id = $1`, paused); err != nil {
		t.Fatal(err)
	}
	found := h.browse(t, index, h.member, jobs.Wish{Text: "ramen"})
	if !slices.Equal(ids(found), []jobs.GigID{open}) || found.Total != 1 {
		t.Errorf("found %d: %v, want %v", found.Total, ids(found), open)
	}
	if page, err := h.OpenGigs(t.Context(), h.coordinator, 1); err != nil || page.Total != 2 {
		t.Errorf("the coordinator sees %d gigs, %v; want the full one too", page.Total, err)
	}
}

// fillUp gives every seat of the gig's first shift to new members.
func (h *house) fillUp(t *testing.T, gig jobs.GigID) {
	t.Helper()
	found, err := h.Gig(t.Context(), h.coordinator, gig)
	if err != nil {
		t.Fatal(err)
	}
	h.tx(func(tx pgx.Tx) error {
		for i := range found.Shifts[0].Seats {
			person, err := h.people.EnsurePersonTx(t.Context(), tx, newPerson(gig.String()+string(rune('a'+i))))
			if err != nil {
				return err
			}
			member, err := h.people.AddMemberTx(t.Context(), tx, members.NewMember{Person: person, Cooperative: h.coordinator.Cooperative,
				PlaceCode: "nijmegen", ReachMetres: 5000, Travel: members.Bike})
			if err == nil {
				_, err = h.ConfirmTx(t.Context(), tx, h.coordinator.Cooperative, found.Shifts[0].ID, member)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// TestBrowseWithoutTheIndex: one that is broken, or slow, costs no answer.
func TestBrowseWithoutTheIndex(t *testing.T) {
	h := newHouse(t)
	gig := h.titled("Ramen lappen", 0)
	broken := h.index(t)
	if err := broken.Close(); err != nil {
		t.Fatal(err)
	}
	for name, index := range map[string]jobs.Index{"broken": broken, "slow": slowIndex{h.index(t)}} {
		begin := time.Now()
		found := h.browse(t, index, h.member, jobs.Wish{Text: "ramen"})
		if !found.Plain || !slices.Equal(ids(found), []jobs.GigID{gig}) || time.Since(begin) > 5*time.Second {
			t.Errorf("%s: %+v after %v", name, found, time.Since(begin))
		}
	}
}

// slowIndex answers when nobody waits any more.
type slowIndex struct{ jobs.Index }

func (slowIndex) Search(ctx context.Context, _ jobs.Query) (jobs.Hits, error) {
	<-ctx.Done()
	return jobs.Hits{}, ctx.Err()
}

// TestIndexFollowsTheTasks: posted, full, and begun.
func TestIndexFollowsTheTasks(t *testing.T) {
	h := newHouse(t)
	index := h.index(t)
	gig := h.titled("Ramen lappen", 0)
	h.follow(t, index)
	h.holds(t, index, 1)
	h.fillUp(t, gig)
	h.follow(t, index)
	h.holds(t, index, 0)
	h.titled("Ramen zemen", 1)
	h.follow(t, index)
	h.holds(t, index, 1)
	h.now = h.now.Add(72 * time.Hour)
	h.follow(t, index) // the task that was noted for when the shift has begun
	h.holds(t, index, 0)
}

func (h *house) holds(t *testing.T, index jobs.Index, want int) {
	t.Helper()
	hits, err := index.Search(t.Context(), jobs.Query{Cooperative: h.coordinator.Cooperative})
	if err != nil || hits.Total != want {
		t.Errorf("the index holds %d, %v; want %d", hits.Total, err, want)
	}
}

// follow does the due tasks of the index, as the worker would.
func (h *house) follow(t *testing.T, index jobs.Index) {
	t.Helper()
	rows, _ := h.db.Query(t.Context(), `DELETE FROM tasks.task WHERE kind = 'jobs.gig_changed' AND due_at <= $1 RETURNING payload`, h.now)
	list, err := pgx.CollectRows(rows, pgx.RowTo[jobs.GigChanged])
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range list {
		finish, err := h.FollowGigs(index)(t.Context(), "", task)
		if err != nil {
			t.Fatal(err)
		}
		h.tx(func(tx pgx.Tx) error { return finish(t.Context(), tx) })
	}
}

// TestFillsIndex that is not filled, and any that is asked for.
func TestFillsIndex(t *testing.T) {
	h := newHouse(t)
	index, err := bleveindex.Open("")
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	fill := h.FillsIndex(index)
	for _, step := range []struct {
		anyway bool
		want   int
	}{{false, 1}, {false, 1}, {true, 2}} {
		if step.want == 1 {
			h.titled("Ramen lappen", 0)
		}
		if _, err := fill(t.Context(), "", jobs.IndexAsked{Anyway: step.anyway}); err != nil {
			t.Fatal(err)
		}
		h.holds(t, index, step.want)
	}
}
