package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/pg"
)

// setDay makes a date as told; one that is as ever needs no row.
func setDay(ctx context.Context, tx pgx.Tx, by Actor, e Exception) error {
	if !e.Off {
		return deleteDay(ctx, tx, by, e.Day)
	}
	const query = `
		INSERT INTO members.member_day (cooperative_id, member_id, day, off, extra) VALUES ($1, $2, $3::date, $4, $5)
		ON CONFLICT ON CONSTRAINT member_day_pkey DO UPDATE SET off = excluded.off, extra = excluded.extra`
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Member, string(e.Day), e.Off, e.Extra[:])
	return err
}

func deleteDay(ctx context.Context, tx pgx.Tx, by Actor, day Day) error {
	const query = `DELETE FROM members.member_day WHERE cooperative_id = $1 AND member_id = $2 AND day = $3::date`
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Member, string(day))
	return err
}

// addTime puts quarters beside what was told of the date before.
func addTime(ctx context.Context, tx pgx.Tx, by Actor, day Day, from, until int) error {
	e := Exception{Day: day}
	e.add(from, until)
	const begin = `
		INSERT INTO members.member_day (cooperative_id, member_id, day, off, extra) VALUES ($1, $2, $3::date, false, $4)
		ON CONFLICT ON CONSTRAINT member_day_pkey DO NOTHING`
	tag, err := tx.Exec(ctx, begin, by.Cooperative, by.Member, string(day), e.Extra[:])
	if err != nil || tag.RowsAffected() == 1 {
		return err
	}
	const where = ` WHERE cooperative_id = $1 AND member_id = $2 AND day = $3::date`
	var old []byte
	if err := tx.QueryRow(ctx, `SELECT extra FROM members.member_day`+where, by.Cooperative, by.Member, string(day)).Scan(&old); err != nil {
		return err
	}
	for i := range old {
		e.Extra[i] |= old[i]
	}
	_, err = tx.Exec(ctx, `UPDATE members.member_day SET extra = $4`+where, by.Cooperative, by.Member, string(day), e.Extra[:])
	return err
}

// listAvailability leaves out those who told nothing. who nil means everybody.
func listAvailability(ctx context.Context, tx pgx.Tx, c id.Cooperative, who []MemberID, first, last Day) (map[MemberID]Availability, error) {
	found, batch := map[MemberID]Availability{}, &pgx.Batch{}
	weeks := `
		SELECT member_id, week FROM members.member_profile
		WHERE cooperative_id = $1 AND week IS NOT NULL AND ` + pg.Only(`member_id`, `$2`, who != nil)
	days := `
		SELECT member_id, to_char(day, 'YYYY-MM-DD'), off, extra FROM members.member_day
		WHERE cooperative_id = $1 AND day BETWEEN $3::date AND $4::date AND ` + pg.Only(`member_id`, `$2`, who != nil)
	var m MemberID
	var e Exception
	var stored []byte
	batch.Queue(weeks, c, who).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&m, &stored}, func() error {
			found[m] = Availability{Week: weekOf(stored)}
			return nil
		})
		return err
	})
	batch.Queue(days, c, who, string(first), string(last)).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&m, &e.Day, &e.Off, &stored}, func() error {
			copy(e.Extra[:], stored)
			a := found[m]
			if a.Exceptions == nil {
				a.Exceptions = map[Day]Exception{}
			}
			a.Exceptions[e.Day], found[m] = e, a
			return nil
		})
		return err
	})
	return found, tx.SendBatch(ctx, batch).Close()
}
