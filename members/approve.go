package members

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// A reason that somebody else must be able to judge is at least a sentence.
const (
	ShortestWhy = 20
	LongestWhy  = 2000
)

func whyProblems(field, why string) check.Problems {
	var p check.Problems
	p.Paragraphs(field, why, ShortestWhy, LongestWhy)
	return p
}

// ClientDecided is the task that mails a client's contacts what was decided.
type ClientDecided struct {
	Client      ClientID
	Cooperative id.Cooperative
}

// Kind names the task.
func (ClientDecided) Kind() string { return "members.client_decided" }

// ApproveClient lets a client that asked post work, by a coordinator. It
// returns ErrDecided for one that does not wait, and ErrNotFound to everybody
// else.
func (s *Service) ApproveClient(ctx context.Context, by Actor, client ClientID) error {
	return s.decideClient(ctx, by, client, ClientApproved, "")
}

// RefuseClient says no, with the reason that the client reads. Errors are those
// of ApproveClient, check.Problems at "why", and ErrNoKey.
func (s *Service) RefuseClient(ctx context.Context, by Actor, client ClientID, why string) error {
	why = strings.TrimSpace(why)
	if err := whyProblems("why", why).Err(); err != nil {
		return err
	}
	return s.decideClient(ctx, by, client, ClientRefused, why)
}

func (s *Service) decideClient(ctx context.Context, by Actor, client ClientID, to ClientState, why string) error {
	if by.Kind != RoleCoordinator {
		return ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		state, err := lockClient(ctx, tx, by.Cooperative, client)
		if err != nil {
			return err
		}
		if err := MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if state != ClientAsked {
			return ErrDecided // what was refused, only a review changes
		}
		return s.moveClientTx(ctx, tx, by, client, state, to, why)
	})
}

// moveClientTx writes the decision, tells the contacts, and writes the deed.
func (s *Service) moveClientTx(ctx context.Context, tx pgx.Tx, by Actor, client ClientID, from, to ClientState, why string) error {
	to, err := from.To(to)
	if err != nil {
		return err
	}
	asker, err := findAsker(ctx, tx, by.Cooperative, client)
	if err != nil {
		return err
	}
	about := whose(asker, by.Person)
	sealed, err := s.SealGivenTx(ctx, tx, about, refusedColumn(client), why)
	if err != nil {
		return err
	}
	if err := updateClientState(ctx, tx, by, client, to, sealed, about, s.now()); err != nil {
		return err
	}
	told := ClientDecided{Client: client, Cooperative: by.Cooperative}
	if err := s.tellTx(ctx, tx, by.Cooperative, told, Moved{Cooperative: by.Cooperative, Client: client}); err != nil {
		return err
	}
	return s.AuditTx(ctx, tx, Deed{By: by, For: asker, What: decidedDeed(to), Ref: clientRef(client), Why: why})
}

// ClientPage is a client with all that an office, or the client itself, reads
// of it.
type ClientPage struct {
	Client
	Decided    time.Time // zero: not yet, or registered by the office
	DecidedBy  string
	RefusedWhy string
	Gone       bool // the reason cannot be read any more
	People     []Contact
}

// Client gives one client of the cooperative to a coordinator, and their own to
// its contacts. It returns ErrNotFound and ErrNoKey.
func (s *Service) Client(ctx context.Context, by Actor, client ClientID) (ClientPage, error) {
	if by.Kind != RoleCoordinator && (by.Kind != RoleClient || by.Client != client) {
		return ClientPage{}, ErrNotFound
	}
	page, refused, err := findClient(ctx, s.db, by.Cooperative, client)
	if err != nil {
		return ClientPage{}, err
	}
	refused.Into, refused.Gone = &page.RefusedWhy, &page.Gone
	if err := s.OpenAll(ctx, s.db, []SealedText{refused}); err != nil {
		return ClientPage{}, err
	}
	page.People, err = listContacts(ctx, s.db, by.Cooperative, client)
	return page, err
}

// refusedColumn is what the reason of a refusal is bound to, beside the person.
func refusedColumn(client ClientID) string { return "client.refused_why@" + client.String() }

// ToldClient gives a client without the reason of a refusal and its contacts,
// for who tells them. It returns ErrNotFound.
func (s *Service) ToldClient(ctx context.Context, c id.Cooperative, client ClientID) (ClientPage, []Person, error) {
	page, _, err := findClient(ctx, s.db, c, client)
	if err != nil {
		return ClientPage{}, nil, err
	}
	people, err := listClientPersons(ctx, s.db, c, client)
	return page, people, err
}

func decidedDeed(to ClientState) string {
	if to == ClientApproved {
		return "client_approved"
	}
	return "client_refused"
}
