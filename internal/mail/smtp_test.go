package mail

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"net/mail"
	"strings"
	"testing"
	"time"
)

var hello = Message{To: "anna@example.org", Subject: "Hoi", Text: "Hoi", Key: "task 7"}

func TestHeaders(t *testing.T) {
	server := startServer(t, nil)
	if err := server.mailer(t).Send(t.Context(), hello); err != nil {
		t.Fatal(err)
	}
	data := server.received()[0]
	message, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"From":           `"Meent" <post@example.org>`,
		"To":             "<anna@example.org>",
		"Message-Id":     "<" + hello.messageID("example.org") + ">",
		"Date":           "Tue, 24 Nov 2026 12:00:00 +0000",
		"Auto-Submitted": "auto-generated",
		"X-Mailer":       "",
	} {
		if got := message.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if strings.Contains(data, hello.Key) {
		t.Error("the key can be read in the mail")
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name, verb, answer string
		code               int
		final              bool
	}{
		{"no such receiver", "RCPT", "550 5.1.1 anna@example.org unknown", 550, true},
		{"full for now", "RCPT", "452 4.2.2 anna@example.org is full", 452, false},
		{"greylisted", "DATA", "451 4.7.1 anna@example.org later", 451, false},
		{"content", ".", "554 5.7.1 anna@example.org does not want this", 554, true},
		{"we may not send at all", "MAIL", "550 5.7.0 anna@example.org blocks post@example.org", 550, false},
		{"sign-in", "AUTH", "535 5.7.8 anna@example.org hunter2 is wrong", 535, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := startServer(t, map[string]string{tt.verb: tt.answer})
			err := newMailer(t, "smtp://u:hunter2@"+server.address).Send(t.Context(), hello)
			var refused Refused
			if !errors.As(err, &refused) || refused.Code != tt.code || Final(err) != tt.final {
				t.Errorf("Send = %v, want code %d, final %v", err, tt.code, tt.final)
			}
			if text := err.Error(); strings.Contains(text, "anna") || strings.Contains(text, "hunter2") {
				t.Errorf("the error quotes the server: %s", text)
			}
		})
	}
}

func TestBrokenConnections(t *testing.T) {
	for _, verb := range []string{"EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."} {
		server := startServer(t, map[string]string{verb: "", "HELO": ""})
		err := newMailer(t, "smtp://u:hunter2@"+server.address).Send(t.Context(), hello)
		if err == nil || Final(err) || strings.Contains(err.Error(), "anna") {
			t.Errorf("hung up at %s: %v", verb, err)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	err = newMailer(t, "smtp://"+listener.Addr().String()).Send(t.Context(), hello)
	if err == nil || Final(err) || !strings.Contains(err.Error(), "SMTP_URL") {
		t.Errorf("nobody listens: %v", err)
	}
}

func TestEndOfContextEndsTheCall(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") // takes the call and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	err = newMailer(t, "smtp://"+listener.Addr().String()).Send(ctx, hello)
	if err == nil || time.Since(start) > timeout/2 {
		t.Errorf("Send = %v after %v", err, time.Since(start))
	}
}

func TestGoodbyeThatFailsSendsNothingTwice(t *testing.T) {
	for _, verb := range []string{"RSET", "QUIT"} {
		server := startServer(t, map[string]string{verb: ""})
		if err := server.mailer(t).Send(t.Context(), hello); err != nil || len(server.arrived(t)) != 1 {
			t.Errorf("hung up at %s: %v, %d arrived", verb, err, len(server.arrived(t)))
		}
	}
}

func TestNothingIsSaidWithoutTLS(t *testing.T) {
	server := startServer(t, nil) // offers no STARTTLS
	mailer := newMailer(t, "smtp://u:hunter2@mail.example.org")
	mailer.dial = server.here
	err := mailer.Send(t.Context(), hello)
	if err == nil || !strings.Contains(err.Error(), "STARTTLS") {
		t.Errorf("Send = %v, want an error about STARTTLS", err)
	}
	if said := server.said(); strings.Contains(said, "AUTH") || strings.Contains(said, "MAIL") {
		t.Errorf("said without TLS:\n%s", said)
	}
}

func TestStartTLS(t *testing.T) {
	server := startServer(t, nil)
	certificate, authority := certify(t)
	server.tls = &tls.Config{Certificates: []tls.Certificate{certificate}}
	mailer := newMailer(t, "smtp://u:hunter2@mail.example.org")
	mailer.dial = server.here
	if err := mailer.Send(t.Context(), hello); err == nil {
		t.Error("an unknown authority was trusted")
	}
	mailer.roots = authority
	if err := mailer.Send(t.Context(), hello); err != nil || len(server.arrived(t)) != 1 {
		t.Errorf("Send = %v, %d arrived", err, len(server.arrived(t)))
	}
}

func TestImplicitTLS(t *testing.T) {
	certificate, authority := certify(t)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}})
	if err != nil {
		t.Fatal(err)
	}
	server := &smtpServer{address: listener.Addr().String()}
	server.serve(t, listener)
	mailer := newMailer(t, "smtps://u:hunter2@mail.example.org")
	mailer.dial = server.here
	if err := mailer.Send(t.Context(), hello); err == nil {
		t.Error("an unknown authority was trusted")
	}
	mailer.roots = authority
	if err := mailer.Send(t.Context(), hello); err != nil || len(server.arrived(t)) != 1 {
		t.Errorf("Send = %v, %d arrived", err, len(server.arrived(t)))
	}
}

// here leads every name to this server.
func (s *smtpServer) here(ctx context.Context, network, _ string) (net.Conn, error) {
	return new(net.Dialer).DialContext(ctx, network, s.address)
}

// certify makes a certificate for mail.example.org and who vouches for it.
func certify(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"mail.example.org"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	authority := x509.NewCertPool()
	authority.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, authority
}
