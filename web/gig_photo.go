package web

import (
	"net/http"
	"strings"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/photo"
	"meent/jobs"
)

// takesPhoto reports a form that may hold a photo: the first step of a gig.
func takesPhoto(r *http.Request) bool {
	return r.Method == post && strings.HasPrefix(r.URL.Path, "/gigs/") && strings.HasSuffix(r.URL.Path, "/what") &&
		strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data")
}

// sendsSlowly lets a photo come over a slow line: who sends it is known by now, and
// may send. Everybody else has the time of the server.
func (r *request) sendsSlowly() {
	control, until := http.NewResponseController(r.Writer), time.Now().Add(sendTime)
	_ = control.SetReadDeadline(until) // tests' recorders have none
	_ = control.SetWriteDeadline(until.Add(2 * answerTime))
}

// photoForm reads the first step, perhaps with a photo.
func (r *request) photoForm() (g *gigForm, picture []byte, err error) {
	if !takesPhoto(r.Request) {
		g, err = r.stepForm(stepWhat)
		return g, nil, err
	}
	r.sendsSlowly()
	f, picture, err := r.file("photo", photo.MostBytes)
	return &gigForm{form: f, step: stepWhat, gig: r.gig}, picture, err
}

// addPhoto adds the photo that was sent, and shows it with the others.
func (r *request) addPhoto(g *gigForm, picture []byte) error {
	n := jobs.NewPhoto{Data: picture, Alt: g.text("alt")}
	n.ID, _ = id.Parse[jobs.Photo](g.text("photo-id")) // one that cannot be read is drawn anew
	before := len(g.problems)
	var err error
	if len(picture) == 0 {
		err = check.Problems{{Field: "photo", Rule: "missing"}}
	} else {
		err = r.web.Jobs.AddPhoto(r.Request.Context(), r.actor, r.gig.ID, n)
	}
	if err := g.wrong(err); err != nil || len(g.problems) > before {
		return err
	}
	g.set("photo-id", id.New[jobs.Photo](nil).String())
	g.set("alt", "")
	if err := r.seesGig(); err != nil {
		return err
	}
	g.gig = r.gig
	return nil
}

// showPhoto handles GET /gigs/:gig/photos/:photo.
func showPhoto(r *request) error { return r.photo(false) }

// showSmallPhoto handles GET /gigs/:gig/photos/:photo/small.
func showSmallPhoto(r *request) error { return r.photo(true) }

func (r *request) photo(small bool) error {
	p, err := id.Parse[jobs.Photo](r.Param("photo"))
	if err != nil {
		return err
	}
	data, err := r.web.Jobs.PhotoBytes(r.Request.Context(), r.actor, r.gig.ID, p, small)
	if err != nil {
		return err
	}
	r.Header("Cache-Control", "private, max-age=3600")
	r.Data(http.StatusOK, "image/jpeg", data)
	return nil
}

// removePhoto handles POST /gigs/:gig/photos/:photo/remove.
func removePhoto(r *request) error {
	p, err := id.Parse[jobs.Photo](r.Param("photo"))
	if err != nil {
		return err
	}
	if err := r.web.Jobs.RemovePhoto(r.Request.Context(), r.actor, r.gig.ID, p); err != nil {
		return err
	}
	r.flash("photo.removed")
	return r.to(stepPath(r.gig.ID, stepWhat))
}

func photoPath(gig jobs.GigID, p jobs.PhotoID) string {
	return "/gigs/" + gig.String() + "/photos/" + p.String()
}
