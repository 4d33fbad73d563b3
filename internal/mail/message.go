package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Message is one mail to one person.
type Message struct {
	To      string // a bare address
	Subject string // one line
	Text    string
	HTML    string // the same as Text, or ""
	Key     string // the same for every try of this message, and for no other
}

// check returns an Invalid for the first field that must not go into a mail.
func (m Message) check() error {
	switch {
	case !bareAddress(m.To):
		return Invalid{"To"}
	case m.Subject == "" || !oneLine(m.Subject):
		return Invalid{"Subject"}
	case m.Text == "" || !readable(m.Text):
		return Invalid{"Text"}
	case !readable(m.HTML):
		return Invalid{"HTML"}
	case m.Key == "" || !oneLine(m.Key):
		return Invalid{"Key"}
	}
	return nil
}

// messageID hides the key, which may say more than the receiver should know.
func (m Message) messageID(domain string) string {
	sum := sha256.Sum256([]byte(m.Key))
	return hex.EncodeToString(sum[:16]) + "@" + domain
}

func bareAddress(s string) bool {
	address, err := mail.ParseAddress(s)
	return err == nil && address.Name == "" && address.Address == s && oneLine(s)
}

func oneLine(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, breaksLine) < 0
}

func breaksLine(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

func readable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
