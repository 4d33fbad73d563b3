package jobs_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// liar is an index that says that these gigs fit, whatever is asked but Only.
type liar struct {
	jobs.Index
	gigs []jobs.GigID
	kind map[jobs.GigID]string // of work, which is counted
	asks int
	fail error
}

func (l *liar) Search(_ context.Context, q jobs.Query) (jobs.Hits, error) {
	l.asks++
	if l.fail != nil {
		return jobs.Hits{}, l.fail
	}
	fit := slices.DeleteFunc(slices.Clone(l.gigs), func(gig jobs.GigID) bool { return q.Only != nil && !slices.Contains(q.Only, gig) })
	hits := jobs.Hits{Total: len(fit)}
	if q.Count {
		hits.Counts = jobs.FacetCounts{jobs.GroupFacet: {}}
		for _, gig := range fit {
			hits.Counts[jobs.GroupFacet][l.kind[gig]]++
		}
	}
	from := min(len(fit), (q.Page-1)*q.Size)
	hits.Gigs = fit[from:min(len(fit), from+q.Size)]
	return hits, nil
}

// allOpen are the ids of all open gigs, in one order.
func (h *house) allOpen(t *testing.T) (gigs []jobs.GigID) {
	t.Helper()
	for page := 1; ; page++ {
		list, err := h.OpenGigs(t.Context(), h.coordinator, page)
		if err != nil {
			t.Fatal(err)
		}
		if len(list.Gigs) == 0 {
			return gigs
		}
		gigs = append(gigs, ids(jobs.Found{Page: list})...)
	}
}

// TestBrowseLooksAgainAtEveryHit: what cannot be had is passed over, and the page
// is filled from what follows; the next page goes on where it ended.
func TestBrowseLooksAgainAtEveryHit(t *testing.T) {
	h := newHouse(t)
	h.post(h.client, h.gig())
	h.many(t, 130)
	all := h.allOpen(t)
	bad := all[:7]
	h.fillUpAll(t, bad[0])
	for gig, change := range map[jobs.GigID]string{
		bad[1]: `UPDATE jobs.gig SET state = 'paused' WHERE id = $1`, bad[2]: `UPDATE jobs.gig SET state = 'cancelled' WHERE id = $1`,
		bad[3]: `UPDATE jobs.shift SET called_off_at = now() WHERE gig_id = $1`, bad[4]: `UPDATE jobs.gig SET state = 'done' WHERE id = $1`,
		bad[5]: `UPDATE jobs.shift SET starts_at = starts_at - interval '60 days', ends_at = ends_at - interval '60 days' WHERE gig_id = $1`,
		bad[6]: `UPDATE jobs.shift SET seats = 0, buddy_seats = 0, removed_at = now() WHERE gig_id = $1`,
	} {
		h.exec(change, gig)
	}
	theirs := h.gig()
	theirs.Client = h.otherClient()
	other := h.post(h.otherOffices, theirs)
	good := all[7:]
	index := &liar{gigs: slices.Concat(bad, []jobs.GigID{other, id.New[jobs.Gig](nil), good[0]}, good)}
	wrong := len(index.gigs) - len(good)
	for page := 1; page <= 7; page++ {
		found := h.browse(t, index, h.member, jobs.Wish{Text: "ramen", Page: page})
		want := good[min(len(good), (page-1)*20):min(len(good), page*20)]
		if !slices.Equal(ids(found), want) || found.Plain || found.Total > len(index.gigs)-9 || page == 7 && found.Total != len(index.gigs)-wrong {
			t.Errorf("page %d: %d of %d, plain %v; want %d", page, len(found.Gigs), found.Total, found.Plain, len(want))
		}
	}
}

// fillUpAll is fillUp of every shift, by the gig having no seat left.
func (h *house) fillUpAll(t *testing.T, gig jobs.GigID) {
	t.Helper()
	h.exec(`UPDATE jobs.shift SET called_off_at = now() WHERE gig_id = $1 AND starts_at > (SELECT min(starts_at) FROM jobs.shift WHERE gig_id = $1)`, gig)
	h.fillUp(t, gig)
}

// otherClient is one of the second cooperative.
func (h *house) otherClient() (c members.ClientID) {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) (err error) {
		c, err = h.people.AddClientTx(h.ctx(), tx, members.NewClient{Cooperative: h.otherOffices.Cooperative, Name: "De Eik",
			Kind: members.Organisation, PlaceCode: "arnhem", Address: "Lindenlaan 16"})
		return err
	})
	return c
}

// TestBrowseAsksALyingIndexSeldom: one of which nothing is true costs a bounded
// number of searches, and shows nothing.
func TestBrowseAsksALyingIndexSeldom(t *testing.T) {
	h := newHouse(t)
	index := &liar{}
	for range 2000 {
		index.gigs = append(index.gigs, id.New[jobs.Gig](nil))
	}
	for page, most := range map[int]int{1: 4, 20: 8, 60: 4} {
		index.asks = 0
		if found := h.browse(t, index, h.member, jobs.Wish{Text: "ramen", Page: page}); len(found.Gigs) != 0 || index.asks > most {
			t.Errorf("page %d: %d gigs after %d searches", page, len(found.Gigs), index.asks)
		}
	}
}

// TestBrowseHidesABlockedClient from that member alone: in no list, count or
// total, by the index or by Postgres.
func TestBrowseHidesABlockedClient(t *testing.T) {
	h := newHouse(t)
	theirs, n := h.titled("Ramen lappen", 0), h.gig()
	n.Client, n.Title = h.rival.Client, "Ramen zemen"
	mine := h.post(h.rival, n)
	if err := h.people.Block(t.Context(), h.member, h.client.Client, ""); err != nil {
		t.Fatal(err)
	}
	kind := h.group(t)
	index := &liar{gigs: []jobs.GigID{theirs, mine}, kind: map[jobs.GigID]string{theirs: kind, mine: kind}}
	for name, index := range map[string]jobs.Index{"the index": index, "postgres": nil} {
		for _, wish := range []jobs.Wish{{Text: "ramen"}, {}, {Text: "ramen", Only: []jobs.GigID{theirs, mine}}, {Groups: []string{kind}}} {
			found := h.browse(t, index, h.member, wish)
			if !slices.Equal(ids(found), []jobs.GigID{mine}) || found.Total != 1 || found.Counts[jobs.GroupFacet][kind] != 1 {
				t.Errorf("%s: %+v shows %v of %d, counts %v", name, wish, ids(found), found.Total, found.Counts)
			}
		}
		if found := h.browse(t, index, h.member, jobs.Wish{Only: []jobs.GigID{theirs}}); found.Total != 0 || len(found.Gigs) != 0 || found.Counts[jobs.GroupFacet][kind] != 0 {
			t.Errorf("%s: of the blocked one alone: %+v", name, found)
		}
		if found := h.browse(t, index, h.coach, jobs.Wish{Text: "ramen"}); found.Total != 2 || found.Counts[jobs.GroupFacet][kind] != 2 {
			t.Errorf("%s: the coach sees %d", name, found.Total)
		}
	}
}

// TestBrowseLeavesAFailingIndexInPeace, and answers all the same; later it is
// asked again.
func TestBrowseLeavesAFailingIndexInPeace(t *testing.T) {
	h := newHouse(t)
	gig := h.titled("Ramen lappen", 0)
	index := &liar{fail: errors.New("down"), gigs: []jobs.GigID{gig}}
	for range 10 {
		found := h.browse(t, index, h.member, jobs.Wish{Text: "ramen"})
		if !found.Plain || !slices.Equal(ids(found), []jobs.GigID{gig}) || found.Counts[jobs.LoadFacet]["middle"] != 1 {
			t.Errorf("without an answer: %+v", found)
		}
	}
	if index.asks != 3 || h.IndexUse() != (jobs.IndexUse{Failed: 3, Rested: 7}) {
		t.Errorf("asked %d times: %+v", index.asks, h.IndexUse())
	}
	if found := h.browse(t, index, h.member, jobs.Wish{}); found.Plain || found.Total != 1 || found.Counts == nil {
		t.Errorf("the whole list lacks nothing: %+v", found)
	}
	h.now, index.fail = h.now.Add(10e9), nil
	if found := h.browse(t, index, h.member, jobs.Wish{Text: "ramen"}); found.Plain || found.Total != 1 {
		t.Errorf("it answers again: %+v", found)
	}
}
