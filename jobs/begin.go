package jobs

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// Beginning is how a draft begins: empty, from a template or from an earlier gig
// of the same client.
type Beginning struct {
	ID       GigID // drawn by whoever asks, so that asking twice begins one; zero: drawn here
	Client   members.ClientID
	Language members.Locale
	Template string // its code
	From     GigID
}

// MostDrafts is how many drafts a client has at once.
const MostDrafts = 50

// ErrManyDrafts means that the client has as many drafts as there may be.
var ErrManyDrafts = errors.New("jobs: the client has too many drafts")

// draft is what a draft begins with.
type draft struct {
	title, description string
	language           members.Locale
	place, address     string
	rate               payments.Cents
	load               Load
	support, others    *bool
	skills             []string
}

// Begin makes a draft of a gig, which its client's contacts and the coordinators
// see and nobody else does. Who may: see PostTx. It returns check.Problems where a
// coordinator chose no client, members.ErrNotFound, also for what there is not to
// begin from, members.ErrRestricted, members.ErrNotApproved and ErrManyDrafts. One
// that was begun before with this ID stays as it is.
func (s *Service) Begin(ctx context.Context, by members.Actor, b Beginning) (gig GigID, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		gig, err = s.beginTx(ctx, tx, by, b)
		return err
	})
	return gig, err
}

func (s *Service) beginTx(ctx context.Context, tx pgx.Tx, by members.Actor, b Beginning) (GigID, error) {
	if err := s.mayPostTx(ctx, tx, by, b.Client); err != nil {
		return GigID{}, err
	}
	if b.Client.IsZero() {
		return GigID{}, check.Problems{{Field: "client", Rule: "missing"}}
	}
	if there, err := hasGig(ctx, tx, by, b.ID, b.Client); there || err != nil {
		return b.ID, err
	}
	if full, err := hasDrafts(ctx, tx, by, b.Client, MostDrafts); err != nil || full {
		return GigID{}, errors.Join(err, onlyIf(full, ErrManyDrafts))
	}
	d, err := startOf(ctx, tx, by, b)
	if err != nil {
		return GigID{}, err
	}
	if b.ID.IsZero() {
		b.ID = id.New[Gig](s.random)
	}
	return b.ID, s.insertDraftTx(ctx, tx, by, b, d, s.now())
}

// onlyIf is the error, or nil.
func onlyIf(is bool, err error) error {
	if is {
		return err
	}
	return nil
}

// Earlier is a gig from which another can begin.
type Earlier struct {
	ID       GigID
	Title    string
	Language members.Locale
	Posted   time.Time
	Group    string // of its first skill
}

// mostEarlier is how many gigs there are to begin from.
const mostEarlier = 8

// Earlier lists what was posted for the client, the last first and each title once.
// Only its contacts and coordinators see any.
func (s *Service) Earlier(ctx context.Context, by members.Actor, client members.ClientID) ([]Earlier, error) {
	if own := by.Kind == members.RoleClient && by.Client == client; !own && by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return listEarlier(ctx, s.db, by, client, mostEarlier)
}

// startOf reads what the draft begins with.
func startOf(ctx context.Context, tx pgx.Tx, by members.Actor, b Beginning) (d draft, err error) {
	if !b.From.IsZero() {
		return findEarlier(ctx, tx, by, b)
	}
	if d, err = findOwnPlace(ctx, tx, by, b.Client); err != nil {
		return d, err
	}
	d.language = b.Language
	if b.Template == "" {
		return d, nil
	}
	templates, err := Templates()
	at := slices.IndexFunc(templates, func(t Template) bool { return t.Code == b.Template })
	if err != nil || at < 0 {
		return d, errors.Join(err, members.ErrNotFound)
	}
	t := templates[at]
	d.title, d.description, d.load, d.skills = t.Title(b.Language), t.Description(b.Language), t.Load, t.Skills
	return d, nil
}

// insertDraftTx also takes over what an earlier gig has beside its own row.
func (s *Service) insertDraftTx(ctx context.Context, tx pgx.Tx, by members.Actor, b Beginning, d draft, now time.Time) error {
	if err := insertDraft(ctx, tx, by, b, d, now); err != nil {
		return err
	}
	if err := copyMeeting(ctx, tx, by.Cooperative, b); err != nil {
		return err
	}
	if err := insertSkills(ctx, tx, by, b.ID, d.skills); err != nil || b.From.IsZero() {
		return err
	}
	return s.copyPhotosTx(ctx, tx, by, b.From, b.ID, now)
}
