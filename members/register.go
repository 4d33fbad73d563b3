package members

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// AskClient is what somebody gives who wants to post work: who they are for
// whom, and at which cooperative.
type AskClient struct {
	NewClient        // without a place code
	Place     string // its name, or its code
	Contact   NewPerson
}

func (a AskClient) problems() check.Problems {
	p := a.NewClient.problems()
	p.Text("address", a.Address, 1, 200)
	p.Text("place", a.Place, 1, 80)
	if a.Cooperative.IsZero() {
		p.Add("cooperative", "not_a_choice", nil)
	}
	a.Contact.problems(&p)
	return p
}

// mostWaitingClients is how many requests of one person may wait at one
// cooperative; more would only fill its list.
const mostWaitingClients = 3

// AskClient notes the wish to become a client, from anybody; a coordinator
// decides. The contact signs in as everybody does, so that known and unknown
// addresses get the same answer here. It returns check.Problems.
func (s *Service) AskClient(ctx context.Context, a AskClient) error {
	a.Name, a.Address, a.Place = strings.TrimSpace(a.Name), strings.TrimSpace(a.Address), strings.TrimSpace(a.Place)
	problems := a.problems()
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := a.placeTx(ctx, tx, &problems); err != nil {
			return err
		}
		if err := problems.Err(); err != nil {
			return err
		}
		return s.askClientTx(ctx, tx, a)
	})
}

// placeTx finds the code of the place; what cannot be a name is not looked up.
func (a *AskClient) placeTx(ctx context.Context, tx pgx.Tx, p *check.Problems) (err error) {
	if p.At("place") {
		return nil
	}
	a.PlaceCode, err = findPlaceTx(ctx, tx, a.Place)
	if err == nil && a.PlaceCode == "" {
		p.Add("place", "unknown_place", nil)
	}
	return err
}

// askClientTx writes nothing where many requests wait already. Nobody has shown
// yet whose address it is: so the deed is the program's.
func (s *Service) askClientTx(ctx context.Context, tx pgx.Tx, a AskClient) error {
	person, err := s.EnsurePersonTx(ctx, tx, a.Contact)
	if err != nil {
		return err
	}
	waiting, err := countWaitingClients(ctx, tx, a.Cooperative, person)
	if err != nil || waiting >= mostWaitingClients {
		return err
	}
	client := id.New[Client](s.random)
	if err := insertClient(ctx, tx, client, a.NewClient, ClientAsked, s.now()); err != nil {
		return err
	}
	if _, err := s.AddRoleTx(ctx, tx, NewRole{Person: person, Cooperative: a.Cooperative, Kind: RoleClient, Client: client}); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, a.Cooperative, Moved{Cooperative: a.Cooperative}); err != nil {
		return err
	}
	return s.AuditTx(ctx, tx, Deed{In: a.Cooperative, For: person, What: "client_asked", Ref: clientRef(client)})
}

func clientRef(client ClientID) string { return "client:" + client.String() }
