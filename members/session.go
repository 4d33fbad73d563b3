package members

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// The keys that a session must hold, as strings; the database reads them out of
// the stored JSON. A session without them is not stored.
const (
	SessionPerson = "person" // the person's id
	SessionSince  = "since"  // when the person signed in, RFC 3339 with fractions
)

const sessionDeadline = "deadline"

// SessionStore keeps sessions in Postgres for scs. Tokens arrive hashed.
type SessionStore struct{ db *pgxpool.Pool }

// NewSessionStore keeps sessions in this database.
func NewSessionStore(db *pgxpool.Pool) *SessionStore { return &SessionStore{db: db} }

// FindCtx gives the session's data while it lives.
func (s *SessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data []byte
	const query = `SELECT data FROM members.session WHERE token_hash = $1 AND expires_at > now()`
	err := s.db.QueryRow(ctx, query, token).Scan(&data)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx stores the session, unless it began before the person signed out
// everywhere: a request that was under way then must not bring it back.
func (s *SessionStore) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	const query = `
		INSERT INTO members.session (token_hash, data, expires_at)
		SELECT $1, $2::jsonb, $3
		FROM members.person
		WHERE id = ($2::jsonb ->> 'person')::uuid
			AND ($2::jsonb ->> 'since')::timestamptz >= coalesce(signed_out_at, '-infinity')
		FOR SHARE
		ON CONFLICT (token_hash) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`
	_, err := s.db.Exec(ctx, query, token, string(data), expires)
	return err
}

// DeleteCtx ends one session.
func (s *SessionStore) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.db.Exec(ctx, `DELETE FROM members.session WHERE token_hash = $1`, token)
	return err
}

// Find is FindCtx for callers without a context; scs prefers the other.
func (s *SessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for callers without a context.
func (s *SessionStore) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

// Delete is DeleteCtx for callers without a context.
func (s *SessionStore) Delete(token string) error {
	return s.DeleteCtx(context.Background(), token)
}

// SignOutEverywhere ends all sessions of the person, this one too.
func (s *Service) SignOutEverywhere(ctx context.Context, person PersonID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		const mark = `UPDATE members.person SET signed_out_at = $2 WHERE id = $1`
		if _, err := tx.Exec(ctx, mark, person, s.now()); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM members.session WHERE person_id = $1`, person)
		return err
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
