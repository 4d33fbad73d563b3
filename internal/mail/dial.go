package mail

import (
	"context"
	"crypto/tls"
	"net"

	gomail "github.com/wneessen/go-mail"
)

// options let the connection live as long as ctx. Sign-in never sends a password
// in the clear to another machine: the library checks, and so does the policy.
func (s *SMTP) options(ctx context.Context) []gomail.Option {
	options := []gomail.Option{
		gomail.WithPort(s.server.port),
		gomail.WithTimeout(timeout),
		gomail.WithTLSPolicy(s.startTLS()),
		gomail.WithTLSConfig(s.tls()),
		gomail.WithDialContextFunc(s.dialFor(ctx)),
	}
	if s.server.user == "" {
		return options
	}
	return append(options, gomail.WithUsername(s.server.user), gomail.WithPassword(s.server.password),
		gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
}

// startTLS asks for nothing where the line is safe already.
func (s *SMTP) startTLS() gomail.TLSPolicy {
	if s.server.implicit || s.server.onThisMachine() {
		return gomail.NoTLS
	}
	return gomail.TLSMandatory
}

func (s *SMTP) tls() *tls.Config {
	return &tls.Config{ServerName: s.server.host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
}

// dialFor closes the connection when ctx ends: the library leaves it open when
// the greeting or the sign-in fails, and forgets ctx once it is connected.
func (s *SMTP) dialFor(ctx context.Context) gomail.DialContextFunc {
	return func(dialling context.Context, network, address string) (net.Conn, error) {
		conn, err := s.dial(dialling, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { conn.Close() })
		if !s.server.implicit {
			return conn, nil
		}
		secure := tls.Client(conn, s.tls())
		return secure, secure.HandshakeContext(dialling)
	}
}
