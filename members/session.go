package members

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// The keys that a session must hold, as strings; the database reads them out of
// the stored JSON. A session without them is not stored.
const (
	SessionPerson = "person" // the person's id
	SessionSince  = "since"  // when the person signed in, RFC 3339 with fractions
)

// The keys that a session in the list has besides.
const (
	SessionKey    = "id"     // a SessionID
	SessionSeen   = "seen"   // the Day on which it was used last
	SessionDevice = "device" // browser and system in one word each, never more
)

const sessionDeadline = "deadline"

// SessionID names a session on pages. It opens nothing.
type SessionID = id.Of[Session]

// Session is one place where a person is signed in.
type Session struct {
	ID     SessionID
	Since  time.Time
	Seen   Day    // when it was used last; may be empty
	Device string // as in SessionDevice; may be empty
}

// NewSessionID draws one.
func (s *Service) NewSessionID() SessionID { return id.New[Session](s.random) }

// Sessions lists where the person is signed in, the newest first.
func (s *Service) Sessions(ctx context.Context, person PersonID) ([]Session, error) {
	return listSessions(ctx, s.db, person)
}

// EndSession ends one of the person's own sessions, from the next request on.
// It returns ErrNotFound for somebody else's, and for what has ended.
func (s *Service) EndSession(ctx context.Context, person PersonID, session SessionID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return endSession(ctx, tx, person, session)
	})
}

// SignOutEverywhere ends all sessions of the person, this one too.
func (s *Service) SignOutEverywhere(ctx context.Context, person PersonID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return deleteSessionsOf(ctx, tx, person, s.now())
	})
}

// SessionCodec writes a session as one flat JSON object of strings, which the
// database can read (see SessionPerson, SessionSince).
type SessionCodec struct{}

// Encode refuses values that are not strings.
func (SessionCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	flat := map[string]string{sessionDeadline: deadline.UTC().Format(time.RFC3339Nano)}
	for key, value := range values {
		text, ok := value.(string)
		if !ok {
			return nil, fmt.Errorf("members: session value %q is a %T, not a string", key, value)
		}
		flat[key] = text
	}
	return json.Marshal(flat)
}

// Decode reads what Encode wrote.
func (SessionCodec) Decode(data []byte) (time.Time, map[string]any, error) {
	var flat map[string]string
	if err := json.Unmarshal(data, &flat); err != nil {
		return time.Time{}, nil, err
	}
	deadline, err := time.Parse(time.RFC3339Nano, flat[sessionDeadline])
	delete(flat, sessionDeadline)
	values := make(map[string]any, len(flat))
	for key, text := range flat {
		values[key] = text
	}
	return deadline, values, err
}
