package members

import (
	"crypto/sha256"
	"crypto/subtle"
	"time"

	"meent/internal/id"
)

// SignInID identifies one request to sign in.
type SignInID = id.Of[signIn]

// A sign-in lives ten minutes and bears five wrong codes.
const (
	SignInLife  = 10 * time.Minute
	SignInTries = 5
)

// signIn is one request to sign in, as it stands in the database: secrets only
// as hashes.
type signIn struct {
	ID       SignInID
	Email    Email    // empty when the code goes by text message
	Marks    [][]byte // then of the number; see marks
	Browser  []byte   // hash of the asking browser's secret
	Locale   Locale
	Expires  time.Time
	CodeHash string // empty until the mail was made
	Tries    int
	Used     bool
}

// living reports whether the sign-in may still be used.
func (s signIn) living(now time.Time) bool {
	return !s.Used && s.CodeHash != "" && s.Tries < SignInTries && now.Before(s.Expires)
}

// askedBy reports whether the browser with this secret asked.
func (s signIn) askedBy(browser string) bool {
	return subtle.ConstantTimeCompare(s.Browser, secretHash(browser)) == 1
}

// secretHash is for secrets of at least 128 random bits, which need no salt and
// no slow hash.
func secretHash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
