package stripesim

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

//go:embed checkout.html
var checkoutHTML string

//go:embed checkout.css
var checkoutCSS []byte

// checkoutPage is what the page shows.
type checkoutPage struct {
	ID      string
	Status  string // open, complete, expired; "" when there is no such session
	Amount  string
	Lines   []string
	Card    string
	Problem string
	Goal    string
	Cancel  string
	Cards   bool
	IDEAL   bool
	Debit   bool
}

const (
	goodCard = "4242 4242 4242 4242"

	declinedText = "De bank heeft deze betaling geweigerd. Er is niets afgeschreven. Probeer het met een andere kaart."
	poorText     = "Er staat niet genoeg geld op deze kaart. Er is niets afgeschreven. Probeer het met een andere kaart."
	strangeText  = "Dit nummer is geen testkaart. Gebruik 4242 4242 4242 4242. Er is niets afgeschreven."
)

// showCheckout handles GET /checkout/{id}.
func (s *Simulator) showCheckout(w http.ResponseWriter, r *http.Request) {
	var found session
	err := s.change(r.Context(), s.now(), func(c *change) (err error) {
		found, err = findSession(r.Context(), c.tx, r.PathValue("id"))
		if err == nil && found.Status == "open" && !c.now.Before(found.Expires) {
			found.Status = "expired" // Advance writes it
		}
		return err
	})
	if err != nil {
		s.pageFailed(w, err)
		return
	}
	s.showPage(w, http.StatusOK, found, checkoutPage{Card: goodCard})
}

// payCheckout handles POST /checkout/{id}. A paid session leads on, also the
// second tab.
func (s *Simulator) payCheckout(w http.ResponseWriter, r *http.Request) {
	card, ok := readCard(w, r)
	if !ok {
		http.Error(w, "Dit formulier is te groot of niet leesbaar.", http.StatusBadRequest)
		return
	}
	way, known := wayOf(card)
	if !known {
		s.showStranger(w, r)
		return
	}
	o, err := s.pay(r.Context(), r.PathValue("id"), way)
	switch {
	case err != nil:
		s.pageFailed(w, err)
	case o.session.Status == "complete":
		http.Redirect(w, r, o.session.goal(), http.StatusSeeOther)
	case o.strange:
		s.showStranger(w, r)
	case o.decline == "":
		s.showPage(w, http.StatusGone, o.session, checkoutPage{})
	default:
		s.showPage(w, http.StatusPaymentRequired, o.session, checkoutPage{Card: shown(card), Problem: sorry(o.decline)})
	}
}

// showStranger shows the page again to somebody with another card; nothing was
// tried.
func (s *Simulator) showStranger(w http.ResponseWriter, r *http.Request) {
	var found session
	err := s.change(r.Context(), s.now(), func(c *change) (err error) {
		found, err = findSession(r.Context(), c.tx, r.PathValue("id"))
		return err
	})
	if err != nil {
		s.pageFailed(w, err)
		return
	}
	s.showPage(w, http.StatusUnprocessableEntity, found, checkoutPage{Card: goodCard, Problem: strangeText})
}

// readCard takes a button, with a card or another way of its own, before the
// field.
func readCard(w http.ResponseWriter, r *http.Request) (string, bool) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		return "", false
	}
	card := r.PostForm.Get("other_card")
	if card == "" {
		card = r.PostForm.Get("card")
	}
	return strings.NewReplacer(" ", "", "-", "").Replace(card), true
}

func sorry(decline string) string {
	if decline == "insufficient_funds" {
		return poorText
	}
	return declinedText
}

// shown is what stands in the field for a card after another try.
func shown(card string) string {
	if !strings.HasPrefix(card, "4") {
		return goodCard
	}
	return card[:4] + " " + card[4:8] + " " + card[8:12] + " " + card[12:]
}

func (s *Simulator) pageFailed(w http.ResponseWriter, err error) {
	if isRefused(err) {
		s.showPage(w, http.StatusNotFound, session{}, checkoutPage{})
		return
	}
	s.config.Log.Error("stripesim: checkout failed", "err", err)
	http.Error(w, "Er ging iets mis. Er is niets dubbel afgeschreven. Probeer het zo nog eens.", http.StatusInternalServerError)
}

func (s *Simulator) showPage(w http.ResponseWriter, status int, found session, p checkoutPage) {
	p.ID, p.Status, p.Amount, p.Cancel, p.Goal = found.ID, found.Status, euros(found.Amount), found.Cancel, found.goal()
	p.Cards, p.IDEAL, p.Debit = found.takes("card"), found.takes("ideal"), found.takes("sepa_debit")
	for _, l := range found.Lines {
		p.Lines = append(p.Lines, l.what())
	}
	s.renderPage(w, status, "checkout", checkoutHTML, found.goal(), p)
}

// renderPage renders whole or not at all. The form of the page leads to goal.
func (s *Simulator) renderPage(w http.ResponseWriter, status int, name, text, goal string, data any) {
	page, err := template.New(name).Parse(text)
	if err != nil {
		s.pageFailed(w, err)
		return
	}
	var body bytes.Buffer
	if err := page.Execute(&body, data); err != nil {
		s.pageFailed(w, err)
		return
	}
	setPageHeaders(w, goal)
	w.WriteHeader(status)
	_, _ = body.WriteTo(w) // a browser that went away asks again
}

// setPageHeaders allows the form to go here and, by the redirect after it, to
// where the page leads; browsers hold the rule against both.
func setPageHeaders(w http.ResponseWriter, goal string) {
	allowed := "'self'"
	if goal, err := url.Parse(goal); err == nil && goal.Host != "" {
		allowed += " " + goal.Scheme + "://" + goal.Host
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action "+allowed)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}

// serveStyle handles GET /checkout/style.css.
func serveStyle(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(checkoutCSS)
}

// euros writes an amount as people in the Netherlands do: € 1.234,50.
func euros(cents int64) string {
	whole := fmt.Sprint(cents / 100)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "." + whole[i:]
	}
	return fmt.Sprintf("€ %s,%02d", whole, cents%100)
}
