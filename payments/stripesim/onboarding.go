package stripesim

import (
	"context"
	_ "embed"
	"math/big"
	"net/http"
	"strings"
)

//go:embed onboarding.html
var onboardingHTML string

// onboardingPage is what the page shows.
type onboardingPage struct {
	ID      string
	IBAN    string
	Problem string
	Again   bool // the account has a bank already
	Goal    string
}

// told is what the owner of an account filled in.
type told struct {
	iban   string
	later  bool   // leaves without finishing
	proof  bool   // Stripe will still ask for a document
	refuse string // how payouts to this bank end
}

const noIBANText = "Dit rekeningnummer klopt niet. Kijk of er een cijfer ontbreekt."

// showOnboarding handles GET /onboarding/{id}. A link that works no more leads
// to where a new one is made.
func (s *Simulator) showOnboarding(w http.ResponseWriter, r *http.Request) {
	l, a, err := s.visit(r.Context(), r.PathValue("id"), nil)
	switch {
	case err != nil:
		s.onboardingFailed(w, err)
	case l.over(s.time()):
		http.Redirect(w, r, l.Refresh, http.StatusSeeOther)
	default:
		s.showForm(w, http.StatusOK, l, onboardingPage{IBAN: practiceIBAN, Again: a.Bank != ""})
	}
}

// fillOnboarding handles POST /onboarding/{id}. What is filled in twice counts
// once: the second time leads on as well.
func (s *Simulator) fillOnboarding(w http.ResponseWriter, r *http.Request) {
	t, ok := readTold(w, r)
	if !ok {
		http.Error(w, "Dit formulier is te groot of niet leesbaar.", http.StatusBadRequest)
		return
	}
	given := &t
	if !t.later && !isIBAN(t.iban) {
		given = nil
	}
	l, a, err := s.visit(r.Context(), r.PathValue("id"), given)
	switch {
	case err != nil:
		s.onboardingFailed(w, err)
	case l.Used == nil && l.over(s.time()):
		http.Redirect(w, r, l.Refresh, http.StatusSeeOther)
	case given == nil && l.Used == nil:
		s.showForm(w, http.StatusUnprocessableEntity, l, onboardingPage{IBAN: t.iban, Problem: noIBANText, Again: a.Bank != ""})
	default:
		http.Redirect(w, r, l.Return, http.StatusSeeOther)
	}
}

// visit finds the link and its account, and notes what was told, if anything.
func (s *Simulator) visit(ctx context.Context, id string, t *told) (l link, a account, err error) {
	err = s.change(ctx, s.now(), func(c *change) (err error) {
		if l, err = lockLink(ctx, c.tx, id); err != nil {
			return err
		}
		if a, err = lockAccount(ctx, c.tx, l.Account); err != nil || t == nil || l.over(c.now) {
			return err
		}
		l.Used = &c.now
		if err := markLinkUsed(ctx, c.tx, l.ID, c.now); err != nil || t.later {
			return err
		}
		return c.hear(ctx, &a, *t)
	})
	return l, a, err
}

// hear notes what the owner told, and lets the account be paid and pay out.
func (c *change) hear(ctx context.Context, a *account, t told) error {
	if err := c.addBank(ctx, a, t.iban[len(t.iban)-4:], t.refuse); err != nil {
		return err
	}
	a.Submitted = true
	if t.proof {
		return c.asks(ctx, a, "requirements.past_due", "individual.verification.document")
	}
	return c.asks(ctx, a, "")
}

func readTold(w http.ResponseWriter, r *http.Request) (told, bool) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		return told{}, false
	}
	t := told{iban: strings.ToUpper(strings.ReplaceAll(r.PostForm.Get("iban"), " ", "")), later: r.PostForm.Get("later") != ""}
	switch r.PostForm.Get("simulate") {
	case "proof":
		t.proof = true
	case failsAtOnce:
		t.refuse = failsAtOnce
	case failsLate:
		t.refuse = failsLate
	}
	return t, true
}

// isIBAN holds the check digits against the rest.
func isIBAN(text string) bool {
	if len(text) < 15 || len(text) > 34 {
		return false
	}
	var digits strings.Builder
	for _, r := range text[4:] + text[:4] {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case r >= 'A' && r <= 'Z':
			digits.WriteString(big.NewInt(int64(r - 'A' + 10)).String())
		default:
			return false
		}
	}
	n, ok := new(big.Int).SetString(digits.String(), 10)
	return ok && new(big.Int).Mod(n, big.NewInt(97)).Int64() == 1
}

func (s *Simulator) onboardingFailed(w http.ResponseWriter, err error) {
	if isRefused(err) {
		s.renderPage(w, http.StatusNotFound, "onboarding", onboardingHTML, "", onboardingPage{})
		return
	}
	s.config.Log.Error("stripesim: onboarding failed", "err", err)
	http.Error(w, "Er ging iets mis. Probeer het zo nog eens.", http.StatusInternalServerError)
}

func (s *Simulator) showForm(w http.ResponseWriter, status int, l link, p onboardingPage) {
	p.ID, p.Goal = l.ID, l.Return
	s.renderPage(w, status, "onboarding", onboardingHTML, l.Return, p)
}
