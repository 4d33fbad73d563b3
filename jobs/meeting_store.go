package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// meetingColumns are those of d, a gig_meeting that may not be there.
const meetingColumns = `
	coalesce(d.point, ''), coalesce(d.contact_name, ''), coalesce(d.contact_phone, ''), coalesce(d.travel, 'own'), coalesce(d.travel_text, ''),
	coalesce(d.briefing, ''), coalesce(d.briefing_version, 0), coalesce(d.accompanied, false), coalesce(d.remote, false)`

func (m *Meeting) scan() []any {
	return []any{&m.Point, &m.ContactName, &m.ContactPhone, &m.Travel, &m.TravelText, &m.Briefing, &m.Version, &m.Accompanied, &m.Remote}
}

// findMeeting gives one with nothing in it where nothing was told.
func findMeeting(ctx context.Context, db querier, c id.Cooperative, gig GigID) (m Meeting, err error) {
	const query = `SELECT ` + meetingColumns + `
		FROM (SELECT $1::uuid AS cooperative_id, $2::uuid AS gig_id) one
		LEFT JOIN jobs.gig_meeting d ON d.cooperative_id = one.cooperative_id AND d.gig_id = one.gig_id`
	rows, err := db.Query(ctx, query, c, gig)
	if err != nil {
		return m, err
	}
	return pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (m Meeting, err error) {
		return m, row.Scan(m.scan()...)
	})
}

// upsertMeeting counts the briefings.
func upsertMeeting(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, m Meeting) error {
	const query = `
		INSERT INTO jobs.gig_meeting AS d (cooperative_id, gig_id, point, contact_name, contact_phone, travel, travel_text, briefing, accompanied, remote)
		VALUES ($1, $2, $3, $4, $5, coalesce(nullif($6, ''), 'own'), $7, $8, $9, $10)
		ON CONFLICT (cooperative_id, gig_id) DO UPDATE SET point = excluded.point, contact_name = excluded.contact_name,
			contact_phone = excluded.contact_phone, travel = excluded.travel, travel_text = excluded.travel_text, briefing = excluded.briefing,
			accompanied = excluded.accompanied, remote = excluded.remote,
			briefing_version = d.briefing_version + CASE WHEN d.briefing = excluded.briefing THEN 0 ELSE 1 END`
	_, err := tx.Exec(ctx, query, c, gig, m.Point, m.ContactName, m.ContactPhone, string(m.Travel), m.TravelText, m.Briefing, m.Accompanied, m.Remote)
	return err
}

// listComing are the members with work to come on the gig.
func listComing(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, now time.Time) ([]members.MemberID, error) {
	const query = `
		SELECT DISTINCT e.member_id FROM jobs.shift s
		JOIN jobs.engagement e ON e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND ` + HoldsSeat + `
		WHERE s.cooperative_id = $1 AND s.gig_id = $2 AND s.ends_at > $3 ORDER BY 1`
	rows, err := tx.Query(ctx, query, c, gig, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[members.MemberID])
}

func findDay(ctx context.Context, db *pgxpool.Pool, by members.Actor, engagement EngagementID) (d Day, err error) {
	const query = `SELECT ` + meetingColumns + `, e.seat, ` + LostSeat + `, b.version IS NOT NULL,
			` + FirstThere + `, coalesce(e.company_name, '')
		FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		LEFT JOIN jobs.gig_meeting d ON d.cooperative_id = g.cooperative_id AND d.gig_id = g.id
		LEFT JOIN jobs.briefing_read b ON b.cooperative_id = g.cooperative_id AND b.gig_id = g.id AND b.member_id = e.member_id
			AND b.version = d.briefing_version
		WHERE e.cooperative_id = $1 AND e.id = $2 AND CASE $3
			WHEN 'member' THEN e.member_id = $4 WHEN 'client' THEN g.client_id = $5 ELSE $3 = 'coordinator' END`
	var off bool
	err = db.QueryRow(ctx, query, by.Cooperative, engagement, string(by.Kind), by.Member, by.Client).Scan(append(d.scan(), &d.Seat, &off, &d.Read, &d.First, &d.Who)...)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	if off && !runs(by) { // they do not come, and need nobody's number
		d.Meeting = d.private()
	}
	return d, err
}

func upsertRead(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, version int, now time.Time) error {
	const query = `
		INSERT INTO jobs.briefing_read (cooperative_id, gig_id, member_id, version, read_at, helper_id) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (cooperative_id, gig_id, member_id) DO UPDATE
		SET version = excluded.version, read_at = excluded.read_at, helper_id = excluded.helper_id WHERE jobs.briefing_read.version <> excluded.version`
	_, err := tx.Exec(ctx, query, by.Cooperative, gig, by.Member, version, now, by.Helper.Role)
	return err
}

// copyMeeting begins a draft with how the gig went from which it begins.
func copyMeeting(ctx context.Context, tx pgx.Tx, c id.Cooperative, b Beginning) error {
	const query = `
		INSERT INTO jobs.gig_meeting (cooperative_id, gig_id, point, contact_name, contact_phone, travel, travel_text, briefing, accompanied, remote)
		SELECT d.cooperative_id, $3, d.point, d.contact_name, d.contact_phone, d.travel, d.travel_text, d.briefing, d.accompanied, d.remote
		FROM jobs.gig_meeting d JOIN jobs.gig g ON g.cooperative_id = d.cooperative_id AND g.id = d.gig_id AND g.client_id = $4
		WHERE d.cooperative_id = $1 AND d.gig_id = $2 ON CONFLICT DO NOTHING`
	_, err := tx.Exec(ctx, query, c, b.From, b.ID, b.Client)
	return err
}
