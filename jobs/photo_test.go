package jobs_test

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

func picture(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 440, 330)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (h *house) addPhoto(gig jobs.GigID, alt string) jobs.PhotoID {
	h.t.Helper()
	h.now = h.now.Add(time.Second)
	n := jobs.NewPhoto{ID: id.New[jobs.Photo](nil), Data: picture(h.t), Alt: alt}
	for range 2 { // pressing twice
		if err := h.AddPhoto(h.ctx(), h.client, gig, n); err != nil {
			h.t.Fatal(err)
		}
	}
	return n.ID
}

func TestPhotos(t *testing.T) {
	h := newHouse(t)
	gig := h.begin(h.client, h.client.Client)
	first, second := h.addPhoto(gig, "De ramen"), h.addPhoto(gig, "De ladder")
	g, err := h.Gig(h.ctx(), h.client, gig)
	if err != nil || len(g.Photos) != 2 || g.Photos[0] != (jobs.Photo{ID: first, Alt: "De ramen", Width: 440, Height: 330}) {
		t.Fatalf("the photos are %v, %v", g.Photos, err)
	}
	for small, side := range map[bool]int{true: 400, false: 440} {
		data, err := h.PhotoBytes(h.ctx(), h.client, gig, first, small)
		if c, wrong := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil || wrong != nil || c.Width != side {
			t.Errorf("small %v is %d wide, %v %v", small, c.Width, err, wrong)
		}
	}
	other := h.begin(h.client, h.client.Client)
	for name, err := range map[string]error{
		"of another gig": onlyError(h.PhotoBytes(h.ctx(), h.client, other, first, true)), "as another house": onlyError(h.PhotoBytes(h.ctx(), h.otherOffices, gig, first, true)),
		"removing it there": h.RemovePhoto(h.ctx(), h.client, other, first), "removing as a rival": h.RemovePhoto(h.ctx(), h.rival, gig, first),
		"removing as a member": h.RemovePhoto(h.ctx(), h.member, gig, first), "removing elsewhere": h.RemovePhoto(h.ctx(), h.otherOffices, gig, first),
		"adding it there":    h.AddPhoto(h.ctx(), h.client, other, jobs.NewPhoto{ID: first, Data: picture(t), Alt: "x"}),
		"adding as a rival":  h.AddPhoto(h.ctx(), h.rival, gig, jobs.NewPhoto{Data: picture(t), Alt: "x"}),
		"adding as a member": h.AddPhoto(h.ctx(), h.member, gig, jobs.NewPhoto{Data: picture(t), Alt: "x"}),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s gave %v", name, err)
		}
	}
	if err := h.RemovePhoto(h.ctx(), h.coordinator, gig, first); err != nil {
		t.Fatal(err)
	}
	if g, _ = h.Gig(h.ctx(), h.client, gig); len(g.Photos) != 1 || g.Photos[0].ID != second {
		t.Errorf("left is %v", g.Photos)
	}
	if err := h.Discard(h.ctx(), h.client, gig); err != nil || h.count(`SELECT count(*) FROM jobs.gig_photo`) != 0 {
		t.Errorf("throwing away left a photo, %v", err)
	}
}

func onlyError(_ []byte, err error) error { return err }

func TestPhotoRefuses(t *testing.T) {
	h := newHouse(t)
	gig := h.begin(h.client, h.client.Client)
	good := picture(t)
	tests := []struct {
		name string
		n    jobs.NewPhoto
		want []string
	}{
		{"no photo", jobs.NewPhoto{Alt: "x"}, []string{"photo not_a_photo"}},
		{"a page", jobs.NewPhoto{Data: []byte("<html>"), Alt: "x"}, []string{"photo not_a_photo"}},
		{"half of one", jobs.NewPhoto{Data: good[:len(good)/2], Alt: "x"}, []string{"photo broken_photo"}},
		{"nine megabytes", jobs.NewPhoto{Data: append(slices.Clone(good), make([]byte, 9<<20)...), Alt: "x"}, []string{"photo large_photo"}},
		{"nothing said", jobs.NewPhoto{Data: good}, []string{"alt missing"}},
		{"too much said", jobs.NewPhoto{Data: good, Alt: strings.Repeat("é", 121)}, []string{"alt too_long"}},
		{"unreadable", jobs.NewPhoto{Data: good, Alt: "\xff"}, []string{"alt unreadable"}},
	}
	for _, tt := range tests {
		if got := fields(h.AddPhoto(h.ctx(), h.client, gig, tt.n)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if n := h.count(`SELECT count(*) FROM jobs.gig_photo`); n != 0 {
		t.Errorf("%d photos were kept", n)
	}
}

// TestFourPhotos, also when six come at the same moment.
func TestFourPhotos(t *testing.T) {
	h := newHouse(t)
	gig := h.begin(h.client, h.client.Client)
	data := picture(t)
	errs := make([]error, 6)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { errs[i] = h.AddPhoto(h.ctx(), h.client, gig, jobs.NewPhoto{Data: data, Alt: "De ramen"}) })
	}
	all.Wait()
	refused := 0
	for _, err := range errs {
		if got := fields(err); slices.Equal(got, []string{"photo too_many"}) {
			refused++
		} else if err != nil {
			t.Error(err)
		}
	}
	if n := h.count(`SELECT count(*) FROM jobs.gig_photo`); n != jobs.MostPhotos || refused != 2 {
		t.Errorf("%d photos, %d refused", n, refused)
	}
}

// TestPhotosGoAlong with a copy, and go with what the gig said.
func TestPhotosGoAlong(t *testing.T) {
	h := newHouse(t)
	gig := h.begin(h.client, h.client.Client)
	h.addPhoto(gig, "De ramen")
	h.addPhoto(gig, "De ladder")
	copied, err := h.Begin(h.ctx(), h.client, jobs.Beginning{Client: h.client.Client, From: gig, Language: members.Dutch})
	if err != nil {
		t.Fatal(err)
	}
	g, err := h.Gig(h.ctx(), h.client, copied)
	if err != nil || len(g.Photos) != 2 || g.Photos[0].Alt != "De ramen" || g.Photos[1].Alt != "De ladder" {
		t.Errorf("the copy has %v, %v", g.Photos, err)
	}
	if err := h.RemovePhoto(h.ctx(), h.client, gig, firstPhoto(h, gig)); err != nil || h.count(`SELECT count(*) FROM jobs.gig_photo`) != 3 {
		t.Errorf("the copy has no photos of its own, %v", err)
	}
	if err := errors.Join(h.ChangeWhat(h.ctx(), h.client, gig, h.what()), h.ChangeWhen(h.ctx(), h.client, gig, h.when(3)),
		h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: 1650}), h.Open(h.ctx(), h.client, gig)); err != nil {
		t.Fatal(err)
	}
	list, err := h.OpenGigs(h.ctx(), h.member, 1)
	if err != nil || len(list.Gigs) != 1 || list.Gigs[0].Photo.Alt != "De ladder" || list.Gigs[0].Group != "cleaning" {
		t.Errorf("a list shows %+v, %v", list.Gigs, err)
	}
	groups, err := h.Groups(h.ctx(), h.member, []jobs.GigID{gig, copied})
	if err != nil || groups[gig] != "cleaning" || groups[copied] != "" {
		t.Errorf("the kinds are %v, %v", groups, err)
	}
	h.now = h.now.AddDate(9, 0, 0)
	h.tx(func(tx pgx.Tx) error { return h.TidyTx(h.ctx(), tx, jobs.Tidy{}) })
	if n := h.count(`SELECT count(*) FROM jobs.gig_photo`); n != 0 {
		t.Errorf("%d photos outlive what the gig said", n)
	}
}

func firstPhoto(h *house, gig jobs.GigID) jobs.PhotoID {
	h.t.Helper()
	g, err := h.Gig(h.ctx(), h.client, gig)
	if err != nil || len(g.Photos) == 0 {
		h.t.Fatal(err)
	}
	return g.Photos[0].ID
}
