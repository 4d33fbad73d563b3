package web_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// photo is one of the gig's.
func (h *house) photo(gig jobs.GigID, c id.Cooperative) string {
	h.t.Helper()
	photo := newUUID()
	_, err := h.db.Exec(h.t.Context(), `INSERT INTO jobs.gig_photo (id, cooperative_id, gig_id, alt, large, small, width, height, added_at)
		VALUES ($1, $2, $3, 'De ramen', 'large', 'small', 10, 10, $4)`, photo, c, gig, h.now)
	h.must(err)
	return photo
}

func picture(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 800, 600)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sendPhoto sends the first step with a file of this name, and what else.
func (b *browser) sendPhoto(begun, name string, data []byte, pairs ...string) answer {
	b.h.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		b.h.must(w.WriteField(pairs[i], pairs[i+1]))
	}
	file, err := w.CreateFormFile("photo", name)
	b.h.must(err)
	_, err = file.Write(data)
	b.h.must(err)
	b.h.must(w.Close())
	return b.do(http.MethodPost, begun, body.String(), "Content-Type", w.FormDataContentType())
}

func TestPhotosOfAGig(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	begun := b.beginGig(nil).location
	got := b.sendPhoto(begun, "ramen.jpg", picture(t), "title", "Ramen lappen", "add", "yes", "alt", "De ramen aan de straat")
	if got.status != http.StatusOK || got.value("title") != "Ramen lappen" || got.Find(".problems").Length() != 0 || got.value("alt") != "" {
		t.Fatalf("adding gave %d:\n%s", got.status, got.Find("main").Text())
	}
	small := got.Find(`#photos img[alt="De ramen aan de straat"]`).AttrOr("src", "")
	large := got.Find(`#photos a:has(img)`).AttrOr("href", "")
	for path, wide := range map[string]int{small: 400, large: 800} {
		shown := b.get(path)
		c, err := jpeg.DecodeConfig(strings.NewReader(shown.body))
		if shown.status != http.StatusOK || err != nil || c.Width != wide || shown.header.Get("Content-Type") != "image/jpeg" ||
			shown.header.Get("X-Content-Type-Options") != "nosniff" || shown.header.Get("Cache-Control") != "private, max-age=3600" {
			t.Errorf("%q gave %d, %d wide, %v, %v", path, shown.status, c.Width, err, shown.header)
		}
	}
	for _, kind := range []members.RoleKind{members.RoleMember, members.RoleCoach} {
		if other := h.signedIn(kind).get(small); other.status != http.StatusNotFound {
			t.Errorf("a %s sees the photo of a draft: %d", kind, other.status)
		}
	}
	fields := newGigFields()
	if posted := b.sendPhoto(begun, "", nil, "title", fields["title"], "description", fields["description"], "load", "light", "support", "yes", "others", "no"); posted.status != http.StatusSeeOther {
		t.Fatalf("the step without a photo gave %d:\n%s", posted.status, posted.Find(".problems").Text())
	}
	b.postStep(begun, "when", fields)
	b.postStep(begun, "price", fields)
	member := h.signedIn(members.RoleMember)
	for _, page := range []string{"/gigs", strings.TrimSuffix(begun, "/what")} {
		if shown := member.get(page); shown.Find(`main img[src="`+small+`"][alt="De ramen aan de straat"]`).Length() != 1 {
			t.Errorf("a member does not see the photo on %s:\n%s", page, shown.Find("main").Text())
		}
	}
	if shown := member.get(small); shown.status != http.StatusOK {
		t.Errorf("a member's photo gave %d", shown.status)
	}
	if far := h.enters(person(members.RoleMember, "noord").Email).get(small); far.status != http.StatusNotFound {
		t.Errorf("another cooperative's member gets %d", far.status)
	}
}

func TestPhotoCanGo(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	begun := b.beginGig(nil).location
	got := b.sendPhoto(begun, "x.jpg", picture(t), "add", "yes", "alt", "De ramen")
	remove := got.Find(`form[action$="/remove"]`).AttrOr("action", "")
	if gone := b.post(remove); gone.location != begun {
		t.Fatalf("removing gave %d %s", gone.status, gone.location)
	}
	if page := b.get(begun); page.Find("img").Length() != 0 || !strings.Contains(page.body, "De foto is weg.") {
		t.Errorf("it is still there:\n%s", page.Find("main").Text())
	}
	if again := b.post(remove); again.status != http.StatusNotFound {
		t.Errorf("removing twice gave %d", again.status)
	}
}

// TestPhotoThatIsNone says so at its field, and keeps what was typed.
func TestPhotoThatIsNone(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	begun := b.beginGig(nil).location
	whole := picture(t)
	tests := []struct {
		name, file string
		data       []byte
		alt, says  string
	}{
		{"nothing", "", nil, "De ramen", "nog leeg"},
		{"a page", "foto.jpg", []byte("<html><script>alert(1)</script>"), "De ramen", "geen foto"},
		{"a drawing", "foto.jpg", []byte("<svg/>"), "De ramen", "geen foto"},
		{"a GIF", "foto.jpg", []byte("GIF89a..."), "De ramen", "geen foto"},
		{"half of one", "foto.jpg", whole[:len(whole)/2], "De ramen", "niet heel"},
		{"nothing said", "foto.jpg", whole, "", "nog leeg"},
		{"too much said", "foto.jpg", whole, strings.Repeat("a", 121), "te lang"},
		{"a strange name", "../../etc/x.php", []byte("<?php"), "De ramen", "geen foto"},
	}
	for _, tt := range tests {
		got := b.sendPhoto(begun, tt.file, tt.data, "title", "Ramen lappen", "add", "yes", "alt", tt.alt)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#photo-wrong, #alt-wrong").Text(), tt.says) || got.Find(".problems li").Length() != 1 {
			t.Errorf("%s gave %d: %s", tt.name, got.status, got.Find(".problems").Text())
		}
		if got.value("title") != "Ramen lappen" || got.value("alt") != tt.alt {
			t.Errorf("%s: what was typed is lost: %q, %q", tt.name, got.value("title"), got.value("alt"))
		}
	}
	if got := b.sendPhoto(begun, "x.jpg", make([]byte, 9<<20), "add", "yes", "alt", "De ramen"); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("nine megabytes gave %d", got.status)
	}
	if got := b.do(http.MethodPost, begun, "title="+strings.Repeat("a", 100_000), "Content-Type", "application/x-www-form-urlencoded"); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a long form gave %d", got.status)
	}
	if got := b.do(http.MethodPost, begun, "no parts", "Content-Type", "multipart/form-data"); got.status != http.StatusBadRequest {
		t.Errorf("a form without parts gave %d", got.status)
	}
	var n int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM jobs.gig_photo`).Scan(&n))
	if n != 0 {
		t.Errorf("%d photos were kept", n)
	}
}

// deadlines is an answer that notes until when there may be read and written.
type deadlines struct {
	*httptest.ResponseRecorder
	read, write time.Time
}

func (d *deadlines) SetReadDeadline(at time.Time) error  { d.read = at; return nil }
func (d *deadlines) SetWriteDeadline(at time.Time) error { d.write = at; return nil }

// TestPhotoOverASlowLine: who may send a photo has longer for it, and to be
// answered after it; nobody else has, and nothing else.
func TestPhotoOverASlowLine(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleClient)
	begun := b.beginGig(nil).location
	const form, words = "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"
	for _, tt := range []struct {
		name, path, kind string
		who              *browser
		longer           bool
	}{
		{"the client", begun, form, b, true},
		{"nobody", begun, form, h.browser(), false},
		{"without a photo", begun, words, b, false},
	} {
		d := &deadlines{ResponseRecorder: httptest.NewRecorder()}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, h.server.URL+tt.path, strings.NewReader("--x--\r\n"))
		r.Header.Set("Content-Type", tt.kind)
		for _, cookie := range tt.who.Jar.Cookies(r.URL) {
			r.AddCookie(cookie)
		}
		h.server.Config.Handler.ServeHTTP(d, r)
		left := time.Until(d.read)
		if tt.longer && (left < time.Minute || left > 3*time.Minute || !d.write.After(d.read)) {
			t.Errorf("%s has until %v to send, and until %v to be answered", tt.name, d.read, d.write)
		}
		if !tt.longer && (!d.read.IsZero() || time.Until(d.write) > time.Minute) {
			t.Errorf("%s has until %v, %v", tt.name, d.read, d.write)
		}
	}
}
