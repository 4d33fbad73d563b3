package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// SessionStore keeps sessions in Postgres for scs. Tokens arrive hashed.
type SessionStore struct{ db *pgxpool.Pool }

// NewSessionStore keeps sessions in this database.
func NewSessionStore(db *pgxpool.Pool) *SessionStore { return &SessionStore{db: db} }

// FindCtx gives the session's data while it lives.
func (s *SessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var data []byte
	const query = `SELECT data FROM members.session WHERE token_hash = $1 AND expires_at > now() AND ended_at IS NULL`
	err := s.db.QueryRow(ctx, query, token).Scan(&data)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx stores the session, unless it has ended or began before the person
// signed out everywhere: a request that was under way then must not bring it
// back, nor give it a new token. scs
// commits at every request, to move the end of what is in use; that is written
// every five minutes, so that looking at pages writes nothing. No request waits
// for the disk: after a power cut somebody signs in again, at the worst.
func (s *SessionStore) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	const query = `
		INSERT INTO members.session (token_hash, data, expires_at)
		SELECT $1, $2::jsonb, $3
		FROM members.person, (SELECT set_config('synchronous_commit', 'off', true)) AS quick
		WHERE id = ($2::jsonb ->> 'person')::uuid AND erased_at IS NULL
			AND ($2::jsonb ->> 'since')::timestamptz >= coalesce(signed_out_at, '-infinity')
			AND NOT EXISTS (SELECT FROM members.session
				WHERE token_hash = $1 AND data = $2::jsonb AND expires_at BETWEEN $3::timestamptz - interval '5 minutes' AND $3)
			AND NOT EXISTS (SELECT FROM members.session s
				WHERE s.person_id = person.id AND s.id = ($2::jsonb ->> 'id')::uuid AND s.by_hand)
		FOR SHARE OF person
		ON CONFLICT (token_hash) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at
			WHERE session.ended_at IS NULL`
	_, err := s.db.Exec(ctx, query, token, string(data), expires)
	return err
}

// DeleteCtx ends one session.
func (s *SessionStore) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.db.Exec(ctx, `UPDATE members.session SET ended_at = now() WHERE token_hash = $1 AND ended_at IS NULL`, token)
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

func listSessions(ctx context.Context, db *pgxpool.Pool, person PersonID) ([]Session, error) {
	const query = `
		SELECT id, (data ->> 'since')::timestamptz AS since, coalesce(data ->> 'seen', ''), coalesce(data ->> 'device', '')
		FROM members.session
		WHERE person_id = $1 AND id IS NOT NULL AND ended_at IS NULL AND expires_at > now()
		ORDER BY since DESC, id`
	rows, err := db.Query(ctx, query, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (s Session, err error) {
		err = row.Scan(&s.ID, &s.Since, &s.Seen, &s.Device)
		return s, err
	})
}

func endSession(ctx context.Context, tx pgx.Tx, person PersonID, session SessionID) error {
	const query = `
		UPDATE members.session SET ended_at = now(), by_hand = true
		WHERE person_id = $1 AND id = $2 AND ended_at IS NULL AND expires_at > now()`
	tag, err := tx.Exec(ctx, query, person, session)
	if err == nil && tag.RowsAffected() == 0 {
		return ErrNotFound
	}
	return err
}

// deleteSessionsOf ends all sessions of the person and lets none that began
// before now come back.
func deleteSessionsOf(ctx context.Context, tx pgx.Tx, person PersonID, now time.Time) error {
	const mark = `UPDATE members.person SET signed_out_at = $2 WHERE id = $1`
	if _, err := tx.Exec(ctx, mark, person, now); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM members.session WHERE person_id = $1`, person)
	return err
}
