package jobs_test

import (
	"slices"
	"testing"

	"meent/jobs"
)

func TestPlacesAreKnownByTheirCodes(t *testing.T) {
	h := newHouse(t)
	places, err := h.Places(t.Context(), []string{"nijmegen", "arnhem", "atlantis", "nijmegen", ""})
	if err != nil || len(places) != 2 || places[0].Name != "Arnhem" || places[1].Code != "nijmegen" {
		t.Fatalf("%+v, %v", places, err)
	}
	if m := places[0].Middle.Metres(places[1].Middle); m < 10_000 || m > 20_000 {
		t.Errorf("Arnhem is %d metres from Nijmegen", m)
	}
}

// TestGigsInAPlace: those to come, of this cooperative, none of them at home.
func TestGigsInAPlace(t *testing.T) {
	h := newHouse(t)
	here, full := h.titled("Ramen lappen", 0), h.titled("Planten water geven", 2)
	remote, paused := h.titled("Mails beantwoorden", 3), h.titled("Dozen tillen", 4)
	for query, gig := range map[string]jobs.GigID{
		`UPDATE jobs.gig SET state = 'paused' WHERE id = $1`: paused,
		`INSERT INTO jobs.gig_meeting (cooperative_id, gig_id, remote) SELECT cooperative_id, id, true FROM jobs.gig WHERE id = $1
			ON CONFLICT (cooperative_id, gig_id) DO UPDATE SET remote = true`: remote,
	} {
		if _, err := h.db.Exec(t.Context(), query, gig); err != nil {
			t.Fatal(err)
		}
	}
	want := []jobs.GigID{here, full}
	sort := func(a, b jobs.GigID) int { return slices.Compare(a[:], b[:]) }
	slices.SortFunc(want, sort)
	place := h.browse(t, nil, h.member, jobs.Wish{Text: "ramen"}).Gigs[0].PlaceName
	for _, tt := range []struct {
		name   string
		places []string
		want   []jobs.GigID
	}{{"here", []string{h.placeCode(t, place), "amsterdam"}, want}, {"elsewhere", []string{"amsterdam"}, []jobs.GigID{}}, {"nowhere", nil, []jobs.GigID{}}} {
		got, err := h.GigsIn(t.Context(), h.member, tt.places)
		if err != nil || got == nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, %v; want %v", tt.name, got, err, tt.want)
		}
	}
	if got, err := h.GigsIn(t.Context(), h.otherOffices, []string{h.placeCode(t, place)}); err != nil || len(got) != 0 {
		t.Errorf("another cooperative has %v, %v", got, err)
	}
}

func (h *house) placeCode(t *testing.T, name string) (code string) {
	t.Helper()
	if err := h.db.QueryRow(t.Context(), `SELECT code FROM members.place WHERE name = $1`, name).Scan(&code); err != nil {
		t.Fatal(err)
	}
	return code
}
