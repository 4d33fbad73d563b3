package meiliindex_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// fakeAPIKey is a key that may do some things with some indexes.
type fakeAPIKey struct {
	UID         string   `json:"uid"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Actions     []string `json:"actions"`
	Indexes     []string `json:"indexes"`
	ExpiresAt   *string  `json:"expiresAt"`
	Key         string   `json:"key"`
}

func signed(text, secret string) []byte {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(text))
	return h.Sum(nil)
}

// addKey makes a key. Its secret follows from its uid and the master key, as on
// the server.
func (f *fake) addKey(k fakeAPIKey) fakeAPIKey {
	k.Key = hex.EncodeToString(signed(k.UID, fakeKey))
	f.keys[k.UID] = k
	return k
}

func (f *fake) getKey(c call) (int, any) {
	key, ok := f.keys[c.PathValue("uid")]
	if !ok {
		return 0, refuse(404, "api_key_not_found", "no such key")
	}
	return 200, key
}

func (f *fake) createKey(c call) (int, any) {
	var asked fakeAPIKey
	if err := c.read(&asked); err != nil {
		return 0, err
	}
	if _, there := f.keys[asked.UID]; there {
		return 0, refuse(409, "api_key_already_exists", "there is one")
	}
	return 201, f.addKey(asked)
}

// mayDo says whether the bearer may do this with the index, and behind which
// filters. Which indexes a search is about stands in its body.
func (f *fake) mayDo(bearer, action, index string) (map[string]string, *fakeError) {
	if bearer == fakeKey {
		return nil, nil
	}
	invalid := refuse(403, "invalid_api_key", "The provided API key is invalid.")
	if bearer == "" {
		return nil, refuse(401, "missing_authorization_header", "The Authorization header is missing.")
	}
	for _, key := range f.keys {
		if key.Key == bearer && slices.Contains(key.Actions, action) && (index == "" || key.reaches(index)) {
			return nil, nil
		}
	}
	if action != "search" {
		return nil, invalid
	}
	if wall := f.token(bearer); wall != nil {
		return wall, nil
	}
	return nil, invalid
}

func (k fakeAPIKey) reaches(index string) bool {
	return slices.ContainsFunc(k.Indexes, func(pattern string) bool {
		start, any := strings.CutSuffix(pattern, "*")
		return pattern == index || any && strings.HasPrefix(index, start)
	})
}

// token gives the filters of a token, or nil when it is not valid: wrongly
// signed, of a key that may not search there, or too old.
func (f *fake) token(bearer string) map[string]string {
	parts := strings.Split(bearer, ".")
	var head struct{ Alg string }
	var says struct {
		Key   string                             `json:"apiKeyUid"`
		Until int64                              `json:"exp"`
		Rules map[string]struct{ Filter string } `json:"searchRules"`
	}
	if len(parts) != 3 || !fromToken(parts[0], &head) || !fromToken(parts[1], &says) || head.Alg != "HS256" {
		return nil
	}
	key, known := f.keys[says.Key]
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if !known || err != nil || !hmac.Equal(signature, signed(parts[0]+"."+parts[1], key.Key)) ||
		says.Until < time.Now().Unix() || !slices.Contains(key.Actions, "search") {
		return nil
	}
	wall := map[string]string{}
	for index, rule := range says.Rules {
		if key.reaches(index) {
			wall[index] = rule.Filter
		}
	}
	return wall
}

func fromToken(part string, into any) bool {
	text, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(text, into) == nil
}
