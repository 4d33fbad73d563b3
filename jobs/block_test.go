package jobs_test

import "testing"

// TestListsLeaveOutABlockedClient: for that member alone; whoever knows the gig
// can still look at it.
func TestListsLeaveOutABlockedClient(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	if err := h.people.Block(t.Context(), h.member, h.client.Client, ""); err != nil {
		t.Fatal(err)
	}
	page, err := h.OpenGigs(t.Context(), h.member, 1)
	if err != nil || page.Total != 0 || len(page.Gigs) != 0 {
		t.Errorf("the member sees %+v, %v", page, err)
	}
	if near, err := h.NearGigs(t.Context(), h.member, 50_000, 3); err != nil || len(near) != 0 {
		t.Errorf("near are %+v, %v", near, err)
	}
	if page, err := h.OpenGigs(t.Context(), h.coach, 1); err != nil || page.Total != 1 {
		t.Errorf("the coach sees %+v, %v", page, err)
	}
	if _, err := h.Gig(t.Context(), h.member, gig); err != nil {
		t.Errorf("the gig itself: %v", err)
	}
}
