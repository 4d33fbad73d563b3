package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/web/words"
)

// ShiftComing mails a member where, when and for whom they work. A shift that is
// off, or that has begun, needs no mail.
func (m *Mails) ShiftComing(ctx context.Context, key string, t jobs.ShiftComing) (func(context.Context, pgx.Tx) error, error) {
	r, who, err := m.jobs.Remind(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, []members.Person{who}, "engagements/"+r.ID.String(), func(say *words.Speaker) (string, []string) {
		return say.T("mail.shift_subject"), shiftLines(say, t.Ahead, r)
	})
}

func shiftLines(say *words.Speaker, ahead jobs.Ahead, r jobs.Reminder) []string {
	place := r.PlaceName
	if r.Address != "" {
		place = r.Address + ", " + place
	}
	lines := []string{say.With("mail.shift_lead."+string(ahead), nil), r.Title, say.LongDate(r.Shift.Starts) + ", " + say.Span(r.Shift.Starts, r.Shift.Ends), place}
	contact := say.T("mail.shift_client", "Client", r.ClientName)
	if r.Contact != "" && r.Contact != r.ClientName {
		contact = say.T("mail.shift_contact", "Name", r.Contact, "Client", r.ClientName)
	}
	return append(lines, contact, say.T("mail.shift_off"))
}
