package members

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// ClientID identifies a client.
type ClientID = id.Of[Client]

// ClientKind tells an organisation from a household.
type ClientKind string

// The kinds of client.
const (
	Organisation ClientKind = "organisation"
	Household    ClientKind = "household"
)

// ClientKinds lists them.
func ClientKinds() []ClientKind { return []ClientKind{Organisation, Household} }

// ClientState is how far a client is on its way into the cooperative.
type ClientState string

// The states of a client. Only a client that is approved may post.
const (
	ClientAsked    ClientState = "asked"
	ClientApproved ClientState = "approved"
	ClientRefused  ClientState = "refused"
)

// ClientStates lists them in the order of a client's life.
func ClientStates() []ClientState { return []ClientState{ClientAsked, ClientApproved, ClientRefused} }

func (s ClientState) next() []ClientState {
	switch s {
	case ClientAsked:
		return []ClientState{ClientApproved, ClientRefused}
	case ClientRefused:
		return []ClientState{ClientApproved} // by a review, and not otherwise
	default:
		return nil
	}
}

// To moves to another state. It returns ErrDecided.
func (s ClientState) To(to ClientState) (ClientState, error) {
	if !slices.Contains(s.next(), to) {
		return s, ErrDecided
	}
	return to, nil
}

// Client is the organisation or household that posts work.
type Client struct {
	ID        ClientID
	Name      string
	Kind      ClientKind
	PlaceCode string
	PlaceName string
	Address   string
	State     ClientState
	Since     time.Time // when it was registered, or asked to be
}

// NewClient registers a client with a cooperative.
type NewClient struct {
	Cooperative id.Cooperative
	Name        string
	Kind        ClientKind
	PlaceCode   string
	Address     string
}

func (n NewClient) problems() check.Problems {
	var p check.Problems
	p.Text("name", n.Name, 1, 120)
	p.Text("address", n.Address, 0, 200)
	check.OneOf(&p, "kind", n.Kind, ClientKinds()...)
	return p
}

// AddClientTx registers a client that the office knows: it is approved. It
// returns check.Problems.
func (s *Service) AddClientTx(ctx context.Context, tx pgx.Tx, n NewClient) (ClientID, error) {
	if err := n.problems().Err(); err != nil {
		return ClientID{}, err
	}
	client := id.New[Client](s.random)
	return client, insertClient(ctx, tx, client, n, ClientApproved, s.now())
}

// Clients lists the clients of the actor's cooperative: those that wait for an
// answer first, the longest on top, then the others by name.
func (s *Service) Clients(ctx context.Context, by Actor) ([]Client, error) {
	return listClients(ctx, s.db, by.Cooperative)
}
