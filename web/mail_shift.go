package web

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/web/words"
)

// ShiftComing tells a member where, when and for whom they work. A shift that is
// off, or that has begun, needs no mail.
func (m *Mails) ShiftComing(ctx context.Context, key string, t jobs.ShiftComing) (func(context.Context, pgx.Tx) error, error) {
	r, who, err := m.jobs.Remind(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	return nil, m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.T("mail.shift_subject"), lines: shiftLines(say, t.Ahead, r), link: m.url.JoinPath("engagements", r.ID.String()).String(),
	})
}

func shiftLines(say *words.Speaker, ahead jobs.Ahead, r jobs.Reminder) []string {
	place := r.PlaceName
	if r.Address != "" {
		place = r.Address + ", " + place
	}
	if r.Day.Remote {
		place = say.T("meeting.home")
	}
	lines := []string{say.With("mail.shift_lead."+string(ahead), nil), r.Title, say.LongDate(r.Shift.Starts) + ", " + say.Span(r.Shift.Starts, r.Shift.Ends), place}
	contact := say.T("mail.shift_client", "Client", r.ClientName)
	if r.Contact != "" && r.Contact != r.ClientName {
		contact = say.T("mail.shift_contact", "Name", r.Contact, "Client", r.ClientName)
	}
	return append(append(append(lines, contact), dayLines(say, r.Day)...), say.T("mail.shift_off"))
}

// dayLines are what somebody must know of the day itself.
func dayLines(say *words.Speaker, d jobs.Day) (lines []string) {
	if d.Point != "" {
		lines = append(lines, say.T("workday.mail_point", "Point", d.Point))
	}
	if contact := contactOf(d.Meeting); contact != "" {
		lines = append(lines, say.T("workday.mail_contact", "Contact", contact))
	}
	if travel := travelOf(say, d.Meeting); travel != "" && !d.Remote {
		lines = append(lines, travel)
	}
	if d.WithCompany() {
		lines = append(lines, strings.TrimSpace(say.T("workday.mail_company")+" "+companyName(say, d.Who)))
	}
	if d.ToRead() {
		lines = append(lines, say.T("workday.mail_read"))
	}
	return lines
}
