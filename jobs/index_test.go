package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/jobs"
	"meent/jobs/bleveindex"
	"meent/members"
)

func TestWords(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"", nil},
		{"Ramen lappen!", []string{"ramen", "lappen"}},
		{"Café-ÉÉN  2 uur", []string{"cafe", "een", "2", "uur"}},
		{`+-"*()\`, nil},
		{"a\xffb", []string{"a", "b"}},
		{strings.Repeat("é", 60), []string{strings.Repeat("e", jobs.LongestWord)}},
	}
	for _, tt := range tests {
		if got := jobs.Words(tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("Words(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestQueryWordsLeaveOutSmallOnes(t *testing.T) {
	got := jobs.Query{Text: "Ik wil iets doen in de tuin 's avonds"}.Words()
	if want := []string{"tuin", "avonds"}; !slices.Equal(got, want) {
		t.Errorf("Words = %q, want %q", got, want)
	}
	if got := (jobs.Query{Text: strings.Repeat("tuin ", 200)}).Words(); len(got) != jobs.MostWords {
		t.Errorf("200 words became %d, want %d", len(got), jobs.MostWords)
	}
}

func TestQueryTidy(t *testing.T) {
	if _, err := (jobs.Query{}).Tidy(); !errors.Is(err, jobs.ErrNoCooperative) {
		t.Errorf("a query of no cooperative gave %v", err)
	}
	c := newDocument().Cooperative
	for _, tt := range []struct{ page, size, wantPage, wantSize int }{
		{0, 0, 1, jobs.PageSize}, {-3, 5, 1, 5}, {2, 1000, 2, 100}, {1 << 60, 20, jobs.MostFound / 20, 20},
	} {
		got, err := jobs.Query{Cooperative: c, Page: tt.page, Size: tt.size}.Tidy()
		if err != nil || got.Page != tt.wantPage || got.Size != tt.wantSize {
			t.Errorf("page %d of %d became %d of %d, %v", tt.page, tt.size, got.Page, got.Size, err)
		}
	}
}

func newDocument() (d jobs.Document) {
	d.Cooperative[0] = 1
	return d
}

func TestDocuments(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	docs, err := h.Documents(h.ctx(), h.coordinator.Cooperative, gig)
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	d := docs[0]
	if len(d.Skills) != 1 || !slices.Contains(d.Labels(), "glazenwassen") {
		t.Errorf("skills are %+v", d.Skills)
	}
	want := jobs.Document{Gig: gig, Cooperative: h.coordinator.Cooperative, Title: "Ramen lappen", Language: members.Dutch,
		Description: "Je lapt de ramen.\nAlles staat klaar.", Skills: d.Skills, PlaceCode: "arnhem", PlaceName: "Arnhem", Place: d.Place, Starts: []time.Time{d.First},
		ClientKind: members.Organisation, Rate: 1600, Load: jobs.Middle, First: h.gig().Shifts[0].Starts, More: d.More}
	if !slices.Contains(d.More, "schoonmaak") {
		t.Errorf("the further words are %q", d.More)
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Error(diff)
	}
}

func TestDocumentsHoldNothingPersonal(t *testing.T) {
	h := newHouse(t)
	h.post(h.client, h.gig())
	docs, err := h.AllDocuments(h.ctx())
	if err != nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	text, err := json.Marshal(docs)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Lindenlaan", "De Linde", "piet", h.client.Client.String(), h.client.Person.String()} {
		if strings.Contains(string(text), secret) {
			t.Errorf("the document holds %q", secret)
		}
	}
}

func TestDocumentsStayInsideTheCooperative(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	docs, err := h.Documents(h.ctx(), h.otherOffices.Cooperative, gig)
	if err != nil || len(docs) != 0 {
		t.Errorf("another cooperative got %d documents, %v", len(docs), err)
	}
}

func TestFollowTheGig(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	index, err := bleveindex.Open("")
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	h.inIndex(index, gig, 1)
	h.now = h.now.Add(48 * 60 * 60 * 1e9) // after the only shift
	h.inIndex(index, gig, 0)
}

// followed brings the index in step with the gig, as its task does.
func (h *house) followed(index jobs.Index, gig jobs.GigID) error {
	_, err := h.FollowGigs(index)(h.ctx(), "", jobs.GigChanged{ID: gig, Cooperative: h.coordinator.Cooperative})
	return err
}

// inIndex brings the index in step and counts the gigs in it.
func (h *house) inIndex(index jobs.Index, gig jobs.GigID, want int) {
	h.t.Helper()
	if err := h.followed(index, gig); err != nil {
		h.t.Fatal(err)
	}
	hits, err := index.Search(h.ctx(), jobs.Query{Cooperative: h.coordinator.Cooperative, Text: "glazenwassen"})
	if err != nil || hits.Total != want {
		h.t.Errorf("found %d, %v; want %d", hits.Total, err, want)
	}
}

func TestRebuildIndex(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	index, err := bleveindex.Open("")
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	if err := h.RebuildIndex(h.ctx(), index); err != nil {
		t.Fatal(err)
	}
	hits, err := index.Search(h.ctx(), jobs.Query{Cooperative: h.coordinator.Cooperative})
	if err != nil || !slices.Equal(hits.Gigs, []jobs.GigID{gig}) {
		t.Errorf("found %v, %v", hits, err)
	}
}

// inBetween does something while the index is replaced.
type inBetween struct {
	jobs.Index
	do func()
}

func (d inBetween) Replace(ctx context.Context, docs []jobs.Document) error {
	d.do()
	return d.Index.Replace(ctx, docs)
}

// TestRebuildIndexMissesNoChange: what changes between reading and replacing is
// in the index at the end.
func TestRebuildIndexMissesNoChange(t *testing.T) {
	h := newHouse(t)
	stays, goes := h.post(h.client, h.gig()), h.post(h.client, h.gig())
	index, err := bleveindex.Open("")
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	var comes jobs.GigID
	err = h.RebuildIndex(h.ctx(), inBetween{index, func() {
		comes = h.post(h.client, h.gig())
		const change = `UPDATE jobs.gig SET title = 'Piano stemmen', state = CASE WHEN id = $2 THEN 'paused' ELSE state END WHERE id IN ($1, $2)`
		if _, err := h.db.Exec(h.ctx(), change, stays, goes); err != nil {
			t.Error(err)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]jobs.GigID{"": {stays, comes}, "piano": {stays}} {
		hits, err := index.Search(h.ctx(), jobs.Query{Cooperative: h.coordinator.Cooperative, Text: text})
		if err != nil || hits.Total != len(want) || slices.ContainsFunc(want, func(gig jobs.GigID) bool { return !slices.Contains(hits.Gigs, gig) }) {
			t.Errorf("%q found %v, %v; want %v", text, hits.Gigs, err, want)
		}
	}
}
