package jobs

import (
	"cmp"
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// Travel is how people come to the work.
type Travel string

// The ways.
const (
	OwnWay        Travel = "own"
	TravelOffered Travel = "offered" // the client brings them, from a place
	TravelGroup   Travel = "group"   // they go together
)

// Travels lists them.
func Travels() []Travel { return []Travel{OwnWay, TravelOffered, TravelGroup} }

// Meeting is how a gig goes on the day itself. Point, contact and briefing are for
// who works there, the client and the coordinator; others find them empty.
type Meeting struct {
	Point        string
	ContactName  string // on the spot
	ContactPhone string
	Travel       Travel // empty: OwnWay
	TravelText   string
	Briefing     string // to read before the first shift
	Version      int    // of the briefing; set when read
	Accompanied  bool   // somebody of the cooperative comes along the first time
	Remote       bool   // work from home
}

// The most that it may hold.
const (
	MostPoint    = 200
	MostContact  = 80
	MostPhone    = 20
	MostTravel   = 200
	MostBriefing = 2000
)

func (m Meeting) problems() check.Problems {
	var p check.Problems
	p.Text("point", m.Point, 0, MostPoint)
	p.Text("contact_name", m.ContactName, 0, MostContact)
	p.Text("contact_phone", m.ContactPhone, 0, MostPhone)
	if !isPhone(m.ContactPhone) && !p.At("contact_phone") {
		p.Add("contact_phone", "not_a_phone", nil)
	}
	check.OneOf(&p, "travel", m.Travel, append(Travels(), "")...)
	p.Text("travel_text", m.TravelText, 0, MostTravel)
	if m.Travel == TravelOffered && m.TravelText == "" {
		p.Add("travel_text", "missing", nil)
	}
	p.Paragraphs("briefing", m.Briefing, 0, MostBriefing)
	return p
}

// isPhone accepts what can be dialled: digits, with signs between them.
func isPhone(text string) bool {
	digits := 0
	for i, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == ' ' || r == '-' || r == '(' || r == ')' || r == '+' && i == 0:
		default:
			return false
		}
	}
	return text == "" || digits >= 6 && digits <= 15
}

// private leaves what everybody may read who sees the gig.
func (m Meeting) private() Meeting {
	m.Point, m.ContactName, m.ContactPhone, m.Briefing = "", "", "", ""
	return m
}

// Meeting gives how a gig goes on the day itself, to who runs it; see Gig for
// others. It returns members.ErrNotFound.
func (s *Service) Meeting(ctx context.Context, by members.Actor, gig GigID) (m Meeting, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		if _, err = findRunGig(ctx, tx, by, gig); err != nil {
			return err
		}
		m, err = findMeeting(ctx, tx, by.Cooperative, gig)
		return err
	})
	return m, err
}

// ChangeMeeting changes it, for who runs the gig. Who read another briefing is
// asked to read this one. Of an open gig everybody whom it concerns is told, as of
// other changes, and work at home stays work at home: see State.Change. It returns
// check.Problems, ErrGigOver and members.ErrNotFound.
func (s *Service) ChangeMeeting(ctx context.Context, by members.Actor, gig GigID, m Meeting) error {
	if err := m.problems().Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		g, err := lockGig(ctx, tx, by, gig)
		switch {
		case err != nil:
			return err
		case g.state == Done || g.state == Cancelled:
			return ErrGigOver
		}
		return s.changeMeetingTx(ctx, tx, by, g, m)
	})
}

func (s *Service) changeMeetingTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running, m Meeting) error {
	was, err := findMeeting(ctx, tx, by.Cooperative, g.id)
	if err != nil {
		return err
	}
	var p check.Problems
	if m.frozenProblems(was, g.state, &p); len(p) > 0 {
		return p.Err()
	}
	if err := upsertMeeting(ctx, tx, by.Cooperative, g.id, m); err != nil || g.state == Draft {
		return err
	}
	c := m.before(was)
	if c.none() {
		return nil
	}
	if err := s.meetingMovedTx(ctx, tx, by.Cooperative, g); err != nil {
		return err
	}
	return s.noteChangeTx(ctx, tx, by, g, c, map[string]string{"part": string(OnTheDay)})
}

// before is what of it was another. What the others may not read is not kept.
func (m Meeting) before(was Meeting) (c Change) {
	m.Travel, m.Version = cmp.Or(m.Travel, OwnWay), was.Version
	c.Day = m != was
	if m.Travel != was.Travel {
		c.Travel = was.Travel
	}
	return c
}

// meetingMovedTx lets open pages of those who work there look again.
func (s *Service) meetingMovedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, g running) error {
	who, err := listComing(ctx, tx, c, g.id, s.now())
	if err != nil {
		return err
	}
	for _, m := range who {
		if err := s.movedTx(ctx, tx, c, m, g.client); err != nil {
			return err
		}
	}
	return nil
}

// insertMeetingTx keeps what a new gig told of it.
func (s *Service) insertMeetingTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, m Meeting) error {
	if m == (Meeting{}) {
		return nil
	}
	return upsertMeeting(ctx, tx, c, gig, m)
}
