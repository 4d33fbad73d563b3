package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
	"meent/internal/retention"
	"meent/members"
)

// ownMeetings is how the gigs go that somebody posted, ownBriefings what a member
// said that they read.
const (
	ownMeetings = `
		SELECT c.name AS cooperative, g.title, t.point, t.contact_name, t.contact_phone, t.travel, t.travel_text, t.briefing, t.accompanied, t.remote
		FROM jobs.gig_meeting t
		JOIN jobs.gig g ON g.cooperative_id = t.cooperative_id AND g.id = t.gig_id
		JOIN members.cooperative c ON c.id = t.cooperative_id
		JOIN members.role r ON r.cooperative_id = g.cooperative_id AND r.id = g.posted_by
		WHERE r.person_id = $1 AND r.ended_at IS NULL ORDER BY g.posted_at, g.id`
	ownBriefings = `
		SELECT c.name AS cooperative, g.title, t.read_at, hp.name AS helper
		FROM jobs.briefing_read t
		JOIN jobs.gig g ON g.cooperative_id = t.cooperative_id AND g.id = t.gig_id
		LEFT JOIN members.role hr ON hr.cooperative_id = t.cooperative_id AND hr.id = t.helper_id
		LEFT JOIN members.person hp ON hp.id = hr.person_id` + members.OwnRows + `ORDER BY t.read_at`
)

// deleteOldBriefings and deleteOldMeetings take them with what a gig said.
func deleteOldBriefings(ctx context.Context, tx pgx.Tx, _ retention.Cut) (more bool, err error) {
	return deleteOfEmptied(ctx, tx, "jobs.briefing_read")
}

func deleteOldMeetings(ctx context.Context, tx pgx.Tx, _ retention.Cut) (more bool, err error) {
	return deleteOfEmptied(ctx, tx, "jobs.gig_meeting")
}

func deleteOfEmptied(ctx context.Context, tx pgx.Tx, table string) (more bool, err error) {
	query := `
		DELETE FROM ` + table + ` WHERE ctid = ANY (ARRAY(
			SELECT d.ctid FROM ` + table + ` d
			JOIN jobs.gig g ON g.cooperative_id = d.cooperative_id AND g.id = d.gig_id AND g.emptied_at IS NOT NULL LIMIT $1 FOR UPDATE OF d SKIP LOCKED))`
	return pg.Full(tx.Exec(ctx, query, pg.Some))
}

// eraseMeetings forgets what the person read, and how gigs go of households of
// which nobody but the person is left.
func eraseMeetings(ctx context.Context, tx pgx.Tx, person members.PersonID) error {
	const read = `
		DELETE FROM jobs.briefing_read b USING members.member m, members.role r
		WHERE m.cooperative_id = b.cooperative_id AND m.id = b.member_id AND r.cooperative_id = m.cooperative_id AND r.id = m.role_id AND r.person_id = $1`
	if _, err := tx.Exec(ctx, read, person); err != nil {
		return err
	}
	const meetings = `
		DELETE FROM jobs.gig_meeting d USING jobs.gig g, members.client cl
		WHERE g.cooperative_id = d.cooperative_id AND g.id = d.gig_id AND cl.cooperative_id = g.cooperative_id AND cl.id = g.client_id
			AND cl.kind = 'household' AND ` + members.SoleContact
	_, err := tx.Exec(ctx, meetings, person)
	return err
}
