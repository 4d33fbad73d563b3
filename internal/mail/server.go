package mail

import (
	"errors"
	"net"
	"net/url"
	"strconv"
)

// ErrSMTPURL is returned for an SMTP_URL that cannot be used. It never shows
// the setting, which may hold a password.
var ErrSMTPURL = errors.New("SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host:465")

// Server is an SMTP server to send through.
type Server struct {
	host     string
	port     int
	user     string
	password string
	implicit bool // TLS from the first byte: smtps
}

// ParseSMTP reads the setting SMTP_URL. Special characters in user and password
// are percent-encoded. It returns ErrSMTPURL.
func ParseSMTP(setting string) (Server, error) {
	u, err := url.Parse(setting)
	if err != nil || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" || (u.Path != "" && u.Path != "/") {
		return Server{}, ErrSMTPURL
	}
	port, err := portOf(u)
	if err != nil {
		return Server{}, ErrSMTPURL
	}
	password, has := u.User.Password()
	if has != (u.User.Username() != "") {
		return Server{}, ErrSMTPURL
	}
	return Server{host: u.Hostname(), port: port, user: u.User.Username(), password: password, implicit: u.Scheme == "smtps"}, nil
}

func portOf(u *url.URL) (int, error) {
	defaults := map[string]string{"smtp": "587", "smtps": "465"}
	text, known := defaults[u.Scheme]
	if !known {
		return 0, ErrSMTPURL
	}
	if u.Port() != "" {
		text = u.Port()
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil || port == 0 {
		return 0, ErrSMTPURL
	}
	return int(port), nil
}

// String gives host and port.
func (s Server) String() string { return net.JoinHostPort(s.host, strconv.Itoa(s.port)) }

// GoString keeps the password out of %#v.
func (s Server) GoString() string { return s.String() }

// onThisMachine tells where a line without TLS is safe: nobody can listen in.
func (s Server) onThisMachine() bool {
	return onThisMachine(s.host)
}
