package members

import (
	"context"
	"encoding/json"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func listPasskeys(ctx context.Context, db *pgxpool.Pool, person PersonID) ([]Passkey, error) {
	const query = `
		SELECT id, name, added_at, coalesce(to_char(used_on, 'YYYY-MM-DD'), '')
		FROM members.passkey WHERE person_id = $1 ORDER BY added_at, id`
	rows, err := db.Query(ctx, query, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (k Passkey, err error) {
		err = row.Scan(&k.ID, &k.Name, &k.Added, &k.Used)
		return k, err
	})
}

const credentialColumns = `person_id, credential_id, public_key, sign_count, backup_eligible, backup_state`

func scanCredential(row pgx.Row) (person PersonID, c webauthn.Credential, err error) {
	err = row.Scan(&person, &c.ID, &c.PublicKey, &c.Authenticator.SignCount, &c.Flags.BackupEligible, &c.Flags.BackupState)
	return person, c, notFound(err)
}

func listCredentials(ctx context.Context, db *pgxpool.Pool, person PersonID) ([]webauthn.Credential, error) {
	rows, err := db.Query(ctx, `SELECT `+credentialColumns+` FROM members.passkey WHERE person_id = $1`, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (webauthn.Credential, error) {
		_, c, err := scanCredential(row)
		return c, err
	})
}

func lockCredential(ctx context.Context, tx pgx.Tx, credential []byte) (PersonID, webauthn.Credential, error) {
	const query = `SELECT ` + credentialColumns + ` FROM members.passkey WHERE credential_id = $1 FOR UPDATE`
	return scanCredential(tx.QueryRow(ctx, query, credential))
}

func insertPasskey(ctx context.Context, tx pgx.Tx, key PasskeyID, person PersonID, name string, c *webauthn.Credential, now time.Time) error {
	const query = `
		INSERT INTO members.passkey (id, person_id, name, credential_id, public_key, sign_count, backup_eligible, backup_state, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	_, err := tx.Exec(ctx, query, key, person, name, c.ID, c.PublicKey, int64(c.Authenticator.SignCount), c.Flags.BackupEligible, c.Flags.BackupState, now)
	if broke(err, "passkey_credential_unique") {
		return ErrPasskey
	}
	return err
}

func updatePasskeyUsed(ctx context.Context, tx pgx.Tx, c *webauthn.Credential, day Day) error {
	const query = `UPDATE members.passkey SET sign_count = $2, backup_state = $3, used_on = $4::date WHERE credential_id = $1`
	_, err := tx.Exec(ctx, query, c.ID, int64(c.Authenticator.SignCount), c.Flags.BackupState, string(day))
	return err
}

func updatePasskeyName(ctx context.Context, tx pgx.Tx, person PersonID, key PasskeyID, name string) error {
	return oneRow(tx.Exec(ctx, `UPDATE members.passkey SET name = $3 WHERE person_id = $1 AND id = $2`, person, key, name))
}

func deletePasskey(ctx context.Context, tx pgx.Tx, person PersonID, key PasskeyID) error {
	return oneRow(tx.Exec(ctx, `DELETE FROM members.passkey WHERE person_id = $1 AND id = $2`, person, key))
}

func insertChallenge(ctx context.Context, tx pgx.Tx, c challenge, data []byte) error {
	const query = `
		INSERT INTO members.passkey_challenge (challenge_hash, browser_hash, person_id, data, expires_at)
		VALUES ($1, $2, $3, $4, $5)`
	_, err := tx.Exec(ctx, query, secretHash(c.Data.Challenge), c.Browser, c.Person, string(data), c.Expires)
	return err
}

func deleteChallenge(ctx context.Context, tx pgx.Tx, hash []byte) (c challenge, err error) {
	const query = `
		DELETE FROM members.passkey_challenge WHERE challenge_hash = $1
		RETURNING browser_hash, person_id, data, expires_at`
	var data []byte
	if err := tx.QueryRow(ctx, query, hash).Scan(&c.Browser, &c.Person, &data, &c.Expires); err != nil {
		return c, notFound(err)
	}
	return c, json.Unmarshal(data, &c.Data)
}
