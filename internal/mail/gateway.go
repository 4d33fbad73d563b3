package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
)

// ErrSMSURL is returned for an SMS_URL that cannot be used. It never shows the
// setting, which may hold a secret.
var ErrSMSURL = errors.New("SMS_URL must look like https://gateway.example/messages; http:// is for a server on this machine alone")

// Gateway hands text messages to a service that sends them on: one POST a
// message, of JSON with the members "to" and "text". The header Idempotency-Key
// is the same for every try of one message, and for no other, so that a service
// which reads it sends each message once. An answer of 200 to 299 means that the
// message is theirs.
type Gateway struct {
	address *url.URL
	token   string
	client  *http.Client
}

// NewGateway posts to this address; token, when there is one, is shown as a
// bearer's. It returns ErrSMSURL, and does not try the address.
func NewGateway(address, token string) (*Gateway, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Fragment != "" || u.User != nil || u.Scheme != "https" && !(u.Scheme == "http" && onThisMachine(u.Hostname())) {
		return nil, ErrSMSURL
	}
	// The address was chosen by whoever runs this: nobody else sends the number on.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Gateway{address: u, token: token, client: &http.Client{Timeout: timeout, CheckRedirect: stay}}, nil
}

func onThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// String gives the host.
func (g *Gateway) String() string { return g.address.Host }

// GoString keeps the token out of %#v.
func (g *Gateway) GoString() string { return g.String() }

// SendText hands the message over. It returns Invalid, Refused, or an error of
// the connection. After an error of the connection the service may have the
// message all the same.
func (g *Gateway) SendText(ctx context.Context, t Text) error {
	if err := t.check(); err != nil {
		return err
	}
	request, err := g.request(ctx, t)
	if err != nil {
		return err
	}
	response, err := g.client.Do(request)
	if err != nil {
		return whereSMSWent(err)
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, 4<<10) // so that the connection serves again
	return judged(response.StatusCode)
}

func (g *Gateway) request(ctx context.Context, t Text) (*http.Request, error) {
	body, err := json.Marshal(map[string]string{"to": t.To, "text": t.Text})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, g.address.String(), bytes.NewReader(body))
	if err != nil {
		return nil, ErrSMSURL
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "Meent")
	request.Header.Set("Idempotency-Key", t.outsideKey())
	if g.token != "" {
		request.Header.Set("Authorization", "Bearer "+g.token)
	}
	return request, nil
}

// outsideKey hides the key, which may say more than the service should know.
func (t Text) outsideKey() string {
	sum := sha256.Sum256([]byte(t.Key))
	return hex.EncodeToString(sum[:16])
}

// judged reads an answer: what is wrong with this one message stays wrong; what
// is wrong with us, or with them, may be put right.
func judged(status int) error {
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return Refused{Code: status, Step: "a text message, see SMS_URL", final: true}
	default:
		return Refused{Code: status, Step: "a text message, see SMS_URL and SMS_TOKEN"}
	}
}

// whereSMSWent leaves the address out of an error, which may hold a secret.
func whereSMSWent(err error) error {
	var outside *url.Error
	if errors.As(err, &outside) {
		err = outside.Err
	}
	return fmt.Errorf("mail: the service of SMS_URL: %w", err)
}
