package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"github.com/chromedp/chromedp"

	"meent/internal/photo"
	"meent/members"
)

// lookAtChange looks at an open gig with a photo that was changed, as its client,
// and at the pages on which it is changed.
func (v *visitor) lookAtChange(kind members.RoleKind) {
	v.t.Helper()
	if kind != members.RoleClient {
		return
	}
	const find = `document.querySelector('#open-gigs a[href^="/gigs/"]').pathname`
	var path string
	v.run(chromedp.Navigate(v.house.config.URL+"/home"), chromedp.Evaluate(find, &path))
	v.house.changeGig(v.t, path[len("/gigs/"):])
	for _, page := range []string{path, path + "/what", path + "/price", "/home"} {
		v.lookAt(page)
	}
}

// changeGig gives the gig a photo, and something that it was before.
func (h *testHouse) changeGig(t *testing.T, gig string) {
	t.Helper()
	field := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for y := range 600 {
		for x := range 900 {
			field.Set(x, y, color.RGBA{uint8(80 + y/6), uint8(140 + x/12), 90, 255})
		}
	}
	var file bytes.Buffer
	err := jpeg.Encode(&file, field, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := photo.Read(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for query, args := range map[string][]any{
		`INSERT INTO jobs.gig_photo (id, cooperative_id, gig_id, alt, large, small, width, height, added_at)
			SELECT gen_random_uuid(), cooperative_id, id, 'De ramen aan de straat', $2, $3, $4, $5, $6 FROM jobs.gig WHERE id = $1`: {gig, p.Large, p.Small, p.Width, p.Height, h.now()},
		`INSERT INTO jobs.gig_change (id, cooperative_id, gig_id, changed_at, title, description, rate_cents, photos)
			SELECT gen_random_uuid(), cooperative_id, id, $2, 'Wat het eerst was', 'Zo stond het er eerst.', 1600, true FROM jobs.gig WHERE id = $1`: {gig, h.now()},
	} {
		if _, err := h.db.Exec(t.Context(), query, args...); err != nil {
			t.Fatal(err)
		}
	}
}
