package stripesim

import (
	"io"
	"strings"
)

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// newID draws 24 characters, more than 140 bits.
func newID(random io.Reader, prefix string) (string, error) {
	var raw [24]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", err
	}
	for i, b := range raw {
		raw[i] = alphabet[int(b)%len(alphabet)]
	}
	return prefix + string(raw[:]), nil
}

// isID keeps what can be no identifier away from the database.
func isID(text string) bool {
	return text != "" && len(text) <= 100 && strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune(alphabet+"_", r) }) < 0
}
