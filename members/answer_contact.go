package members

import (
	"context"
	"regexp"
	"strings"

	"meent/internal/check"
	"meent/internal/id"
)

// Channel is how the member wants to be told.
type Channel string

// The channels. Text messages go to a number that the person confirmed; until
// there is one, mail is used. See TextsTo.
const (
	ByMail Channel = "mail"
	BySMS  Channel = "sms"
)

// Channels lists them.
func Channels() []Channel { return []Channel{ByMail, BySMS} }

// The widest pace: how many offers may wait at once, and days of rest between
// days of work.
const (
	MostOffersAtOnce = 3
	MostRestDays     = 7
)

// ContactWays is how and how often the member is reached.
type ContactWays struct {
	Channel    Channel
	Phone      string // sealed; may be empty unless the channel needs it
	Quiet      *Span  // when nothing is sent; nil: always allowed
	MostOffers int    // at once
	RestDays   int    // between two days of work
}

// Question is what it answers.
func (ContactWays) Question() Question { return ContactQuestion }

// isPhone reports 6 to 15 digits, as the world's numbers have.
func isPhone(number string) bool {
	digits := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "").Replace(number)
	return len(number) <= 30 && regexp.MustCompile(`^\+?[0-9]{6,15}$`).MatchString(digits)
}

func (c ContactWays) problems() (p check.Problems) {
	check.OneOf(&p, "channel", c.Channel, Channels()...)
	switch number := strings.TrimSpace(c.Phone); {
	case number == "" && c.Channel == BySMS:
		p.Add("phone", "missing", nil)
	case number != "" && !isPhone(number):
		p.Add("phone", "not_a_phone", nil)
	}
	if c.Quiet != nil && !c.Quiet.real() {
		p.Add("quiet", "wrong_span", nil)
	}
	p.Between("offers", c.MostOffers, 1, MostOffersAtOnce)
	p.Between("rest", c.RestDays, 0, MostRestDays)
	return p
}

func (c ContactWays) storeTx(ctx context.Context, t answering) error {
	var from, until *int
	if c.Quiet != nil {
		from, until = &c.Quiet.From, &c.Quiet.Until
	}
	err := setProfile(ctx, t.tx, t.by, "channel, quiet_from, quiet_until, most_offers, rest_days",
		string(c.Channel), from, until, c.MostOffers, c.RestDays)
	if err != nil {
		return err
	}
	return t.ConfideTx(ctx, t.tx, t.by.Person, id.Cooperative{}, Phone, strings.TrimSpace(c.Phone))
}

// Note is what the member wants their coach to know.
type Note struct{ Text string } // sealed

// Question is what it answers.
func (Note) Question() Question { return NoteQuestion }

func (n Note) problems() (p check.Problems) {
	p.Paragraphs("note", n.Text, 0, MostText)
	return p
}

func (n Note) storeTx(ctx context.Context, t answering) error {
	return t.ConfideTx(ctx, t.tx, t.by.Person, t.by.Cooperative, CoachNote, strings.TrimSpace(n.Text))
}
