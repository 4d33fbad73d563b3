package stripesim

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
)

// sign makes the header Stripe-Signature: the time, and the HMAC of the time and
// the body with each secret that counts now.
func (e Endpoint) sign(body []byte, now time.Time) string {
	at := strconv.FormatInt(now.Unix(), 10)
	header := "t=" + at + ",v1=" + mac(at, body, e.Secret)
	if e.Previous != "" && (e.Until.IsZero() || now.Before(e.Until)) {
		header += ",v1=" + mac(at, body, e.Previous)
	}
	return header
}

func mac(at string, body []byte, secret string) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(at + "."))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// Rotate gives an endpoint a new secret. The old one signs as well until then;
// a time that is past ends it at once. connect is the endpoint of connected
// accounts.
func (s *Simulator) Rotate(connect bool, secret string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := &s.config.Platform
	if connect {
		e = &s.config.Connect
	}
	e.Previous, e.Secret, e.Until = e.Secret, secret, until
}

// endpoint is where events of an account go, with the secrets of now.
func (s *Simulator) endpoint(account string) Endpoint {
	s.mu.Lock()
	defer s.mu.Unlock()
	if account == platform {
		return s.config.Platform
	}
	return s.config.Connect
}
