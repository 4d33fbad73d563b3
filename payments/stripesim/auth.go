package stripesim

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/jackc/pgx/v5"
)

// authorize lets in who has the key and speaks this version.
func (s *Simulator) authorize(r *http.Request) error {
	given, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !found || given == "" {
		return unauthorized("You did not provide an API key. Provide it in the Authorization header, using Bearer auth.")
	}
	if !s.isKey(given) {
		return unauthorized("Invalid API Key provided.")
	}
	if v := r.Header.Get("Stripe-Version"); v != APIVersion {
		return invalid("", "", "Invalid Stripe API version: this server speaks %s only.", APIVersion)
	}
	return nil
}

// isKey takes as long for a wrong key as for the right one.
func (s *Simulator) isKey(given string) bool {
	want, got := sha256.Sum256([]byte(s.config.Key)), sha256.Sum256([]byte(given))
	return subtle.ConstantTimeCompare(want[:], got[:]) == 1 && strings.HasPrefix(s.config.Key, "sk_test_")
}

func unauthorized(message string) *apiError {
	e := invalid("", "", "%s", message)
	e.status = http.StatusUnauthorized
	return e
}

func noAccess() *apiError {
	e := invalid("account_invalid", "", "The provided key does not have access to this account (or that account does not exist).")
	e.status = http.StatusForbidden
	return e
}

// checkAccount refuses a Stripe-Account that is not there.
func checkAccount(ctx context.Context, tx pgx.Tx, account string) error {
	if account == platform {
		return nil
	}
	there, err := hasAccount(ctx, tx, account)
	if err == nil && !there {
		return noAccess()
	}
	return err
}
