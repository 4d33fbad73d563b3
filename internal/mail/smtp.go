package mail

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// timeout bounds each of dialling and sending.
const timeout = 10 * time.Second

// SMTP sends messages through a server. It uses TLS always, except with a
// server on this machine.
type SMTP struct {
	server Server
	from   *mail.Address
	now    func() time.Time
	dial   func(ctx context.Context, network, address string) (net.Conn, error)
	roots  *x509.CertPool // nil: the system's
}

// ErrFrom is returned for a sender that is no address.
var ErrFrom = errors.New("MEENT_MAIL_FROM must look like Meent <post@example.org>")

// NewSMTP sends from the address in from, with or without a name. It returns
// ErrFrom, and does not try the server.
func NewSMTP(server Server, from string, now func() time.Time) (*SMTP, error) {
	address, err := mail.ParseAddress(from)
	if err != nil || !oneLine(from) || !oneLine(address.Name) || !bareAddress(address.Address) {
		return nil, ErrFrom
	}
	return &SMTP{server: server, from: address, now: now, dial: new(net.Dialer).DialContext}, nil
}

// Send hands the message to the server. It returns Invalid, Refused, or an error
// of the connection. After an error of the connection the server may have the
// message all the same.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	letter, err := s.write(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 2*timeout)
	defer cancel()
	client, err := gomail.NewClient(s.server.host, s.options(ctx)...)
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	err = client.DialAndSendWithContext(ctx, letter)
	if letter.IsDelivered() {
		return nil // a goodbye that failed must not send it again
	}
	return discreet(err)
}

func (s *SMTP) write(m Message) (*gomail.Msg, error) {
	letter := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	letter.FromMailAddress(s.from)
	if err := letter.To(m.To); err != nil {
		return nil, Invalid{"To"}
	}
	letter.Subject(m.Subject)
	letter.SetMessageIDWithValue(m.messageID(s.domain()))
	letter.SetDateWithValue(s.now())
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // holiday replies stay away
	letter.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		letter.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return letter, nil
}

func (s *SMTP) domain() string {
	return s.from.Address[strings.LastIndexByte(s.from.Address, '@')+1:]
}

// discreet leaves out of an error what the server said, which quotes addresses.
func discreet(err error) error {
	var sending *gomail.SendError
	var answer *textproto.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &sending) && sending.ErrorCode() != 0:
		return Refused{Code: sending.ErrorCode(), Step: sending.Reason.String(), final: forGood(sending)}
	case errors.As(err, &sending):
		return errors.New("mail: the connection broke: " + sending.Reason.String())
	case errors.As(err, &answer):
		return Refused{Code: answer.Code, Step: "greeting or sign-in, see SMTP_URL"}
	}
	return fmt.Errorf("mail: the server of SMTP_URL: %w", err)
}

func forGood(err *gomail.SendError) bool {
	about := err.Reason == gomail.ErrSMTPRcptTo || err.Reason == gomail.ErrSMTPData || err.Reason == gomail.ErrSMTPDataClose
	return about && err.ErrorCode() >= 500
}
