package members

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"time"
)

// Codes of an app follow RFC 6238 as every app knows it: SHA-1, six digits, a
// new one every half minute. The code before and the one after count, too:
// clocks differ.
const (
	totpStep   = 30 * time.Second
	totpDigits = 6
	totpSecret = 20 // bytes
)

// stepOf numbers the half minute.
func stepOf(at time.Time) int64 { return at.Unix() / int64(totpStep/time.Second) }

// totpCode is the code of a half minute (RFC 4226, 5.3).
func totpCode(secret []byte, step int64, digits int) string {
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(step)))
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	number := uint64(binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff)
	modulus := uint64(1)
	for range digits {
		modulus *= 10
	}
	return fmt.Sprintf("%0*d", digits, number%modulus)
}

// stepOfCode finds the half minute to which a code belongs: not one that was
// used, nor one before it.
func stepOfCode(secret []byte, code string, now time.Time, last int64) (step int64, ok bool) {
	for step := stepOf(now) - 1; step <= stepOf(now)+1; step++ {
		if hmac.Equal([]byte(totpCode(secret, step, totpDigits)), []byte(code)) && step > last {
			return step, true
		}
	}
	return 0, false
}

// AppSecret is what an app needs to show codes.
type AppSecret []byte

// Text is the secret in letters and digits, for who types it.
func (a AppSecret) Text() string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(a)
}

// Address is what a QR code tells an app. account says to its owner which it is.
func (a AppSecret) Address(account string) string {
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/Meent:" + account,
		RawQuery: "secret=" + a.Text() + "&issuer=Meent&algorithm=SHA1&digits=6&period=30"}
	return u.String()
}

// Code is what an app shows at a moment.
func (a AppSecret) Code(at time.Time) string { return totpCode(a, stepOf(at), totpDigits) }
