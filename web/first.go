package web

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
	"unicode"

	"meent/members"
)

// FirstCode is what somebody must type to make the first cooperative: not the
// code, only its hash. It is drawn at the start of a program whose house is
// empty, and lives in its memory alone. The zero value lets nobody in.
type FirstCode struct{ sum [sha256.Size]byte }

// NewFirstCode draws a code of 80 bits. Whoever starts the program shows it once.
func NewFirstCode() (code string, hash FirstCode) {
	text := rand.Text()[:16]
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:], FirstCode{sum: sha256.Sum256([]byte(text))}
}

// fits reports whether this is the code, with or without spaces, dashes and
// capitals.
func (c FirstCode) fits(typed string) bool {
	plain := strings.Map(func(char rune) rune {
		if unicode.IsSpace(char) || char == '-' {
			return -1
		}
		return unicode.ToUpper(char)
	}, typed)
	sum := sha256.Sum256([]byte(plain))
	return c != FirstCode{} && subtle.ConstantTimeCompare(sum[:], c.sum[:]) == 1
}

// noneYet holds while the first cooperative can be made here; afterwards the
// page is gone.
func (r *request) noneYet() error {
	open, err := r.firstOpen()
	if err == nil && !open {
		err = members.ErrNotFound
	}
	return err
}

// firstOpen asks the database until there is a cooperative, and never again.
func (r *request) firstOpen() (bool, error) {
	if (r.web.First == FirstCode{}) || r.web.founded.Load() {
		return false, nil
	}
	founded, err := r.web.Members.Founded(r.Request.Context())
	if err == nil && founded {
		r.web.founded.Store(true)
	}
	return err == nil && !founded, err
}

// showFirst handles GET /first: a house without any cooperative.
func showFirst(r *request) error { return r.firstPage(http.StatusOK, r.emptyForm()) }

// makeFirst handles POST /first. Without the code it says nothing about the
// rest of the form.
func makeFirst(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limit(firstOfNetwork, r.network()); err != nil {
		return err
	}
	if !r.web.First.fits(f.text("code")) {
		f.problems.Add("code", "wrong_first_code", nil)
		return r.firstPage(http.StatusUnprocessableEntity, f)
	}
	n := members.NewCooperative{Name: f.text("name"), Coordinator: members.NewPerson{Name: f.text("person"), Email: f.text("email"), Locale: r.words.Locale}}
	c, err := r.web.Members.FoundFirst(r.Request.Context(), n)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.firstPage(http.StatusUnprocessableEntity, f)
	}
	if err := r.web.Payments.BeginWithDeposits(r.Request.Context(), c.ID); err != nil {
		return err
	}
	return r.page(http.StatusCreated, r.t("first.title"), firstDone(r, c))
}

func (r *request) firstPage(status int, f *form) error {
	return r.page(status, r.t("first.title"), firstForm(r, f))
}
