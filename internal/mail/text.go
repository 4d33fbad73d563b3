package mail

import (
	"regexp"
	"strings"
)

// MostText is how many characters one text message holds.
const MostText = 160

// Text is one text message to one telephone.
type Text struct {
	To   string // a number with + and its country: +31612345678
	Text string // at most MostText characters, all of the telephones' own alphabet
	Key  string // as of a Message
}

// check returns an Invalid for the first field that must not be sent.
func (t Text) check() error {
	switch {
	case !wholeNumber(t.To):
		return Invalid{"To"}
	case !FitsText(t.Text):
		return Invalid{"Text"}
	case t.Key == "" || !oneLine(t.Key):
		return Invalid{"Key"}
	}
	return nil
}

func wholeNumber(s string) bool { return regexp.MustCompile(`^\+[1-9][0-9]{7,14}$`).MatchString(s) }

// The alphabet of telephones (GSM 03.38). Characters of twice count as two.
const (
	alphabet = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	twice = "^{}\\[~]|€"
)

// FitsText reports a text that is something, and goes out as one text message:
// one character outside the alphabet would more than halve what fits.
func FitsText(text string) bool {
	length := 0
	for _, c := range text {
		switch {
		case strings.ContainsRune(alphabet, c):
			length++
		case strings.ContainsRune(twice, c):
			length += 2
		default:
			return false
		}
	}
	return length > 0 && length <= MostText
}
