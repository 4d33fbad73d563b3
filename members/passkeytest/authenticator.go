// Package passkeytest is a device with passkeys for tests: it makes ES256 keys
// and signs challenges as a phone would, and can be told to misbehave.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// Device holds one key. Origin and Site are what the browser would say: change
// them to play another site. Count is the signature counter. Unverified leaves
// out that the owner showed a finger.
type Device struct {
	t          *testing.T
	key        *ecdsa.PrivateKey
	id         []byte
	owner      string
	Origin     string
	Site       string
	Count      uint32
	Unverified bool
}

// New makes a device in a browser at this origin, such as http://localhost:8080.
func New(t *testing.T, origin string) *Device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, host, _ := strings.Cut(origin, "://")
	site, _, _ := strings.Cut(host, ":")
	return &Device{t: t, key: key, id: []byte(rand.Text()), Origin: origin, Site: site}
}

func (d *Device) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func text(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// asked is what the program's options say, of either kind.
type asked struct {
	PublicKey struct {
		Challenge string
		User      struct{ ID string }
	}
}

func (d *Device) read(options any) (a asked) {
	d.t.Helper()
	raw, ok := options.([]byte)
	if !ok {
		var err error
		raw, err = json.Marshal(options)
		d.must(err)
	}
	d.must(json.Unmarshal(raw, &a))
	return a
}

// Make answers the options of a new passkey.
func (d *Device) Make(options any) string {
	d.t.Helper()
	a := d.read(options)
	d.owner = a.PublicKey.User.ID
	point, err := d.key.PublicKey.ECDH()
	d.must(err)
	xy := point.Bytes()[1:]
	public, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: xy[:32], -3: xy[32:]})
	d.must(err)
	data := append(d.data(0x40), make([]byte, 16)...) // no model
	data = binary.BigEndian.AppendUint16(data, uint16(len(d.id)))
	data = append(append(data, d.id...), public...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	d.must(err)
	return d.credential(map[string]any{"clientDataJSON": text(d.client("webauthn.create", a)), "attestationObject": text(object)})
}

// Sign answers the options of a sign-in.
func (d *Device) Sign(options any) string {
	d.t.Helper()
	client, data := d.client("webauthn.get", d.read(options)), d.data(0)
	hash := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, digest[:])
	d.must(err)
	return d.credential(map[string]any{"clientDataJSON": text(client), "authenticatorData": text(data),
		"signature": text(signature), "userHandle": d.owner})
}

// Be lets the device say that its key is somebody else's.
func (d *Device) Be(owner []byte) { d.owner = text(owner) }

func (d *Device) client(kind string, a asked) []byte {
	raw, err := json.Marshal(map[string]any{"type": kind, "challenge": a.PublicKey.Challenge, "origin": d.Origin, "crossOrigin": false})
	d.must(err)
	return raw
}

// data is the authenticator's: whose site, which flags, which count.
func (d *Device) data(flags byte) []byte {
	site := sha256.Sum256([]byte(d.Site))
	flags |= 0x01 // somebody is there
	if !d.Unverified {
		flags |= 0x04
	}
	return binary.BigEndian.AppendUint32(append(site[:], flags), d.Count)
}

func (d *Device) credential(response map[string]any) string {
	raw, err := json.Marshal(map[string]any{"id": text(d.id), "rawId": text(d.id), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}})
	d.must(err)
	return string(raw)
}
