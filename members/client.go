package members

import (
	"context"

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

// Client is the organisation or household that posts work.
type Client struct {
	ID        ClientID
	Name      string
	Kind      ClientKind
	PlaceCode string
	PlaceName string
	Address   string
}

// NewClient registers a client with a cooperative.
type NewClient struct {
	Cooperative id.Cooperative
	Name        string
	Kind        ClientKind
	PlaceCode   string
	Address     string
}

// AddClientTx registers the client. It returns check.Problems.
func (s *Service) AddClientTx(ctx context.Context, tx pgx.Tx, n NewClient) (ClientID, error) {
	var p check.Problems
	p.Text("name", n.Name, 1, 120)
	p.Text("address", n.Address, 0, 200)
	check.OneOf(&p, "kind", n.Kind, Organisation, Household)
	if err := p.Err(); err != nil {
		return ClientID{}, err
	}
	client := id.New[Client](s.random)
	return client, insertClient(ctx, tx, client, n, s.now())
}

// Clients lists the clients of the actor's cooperative by name.
func (s *Service) Clients(ctx context.Context, by Actor) ([]Client, error) {
	return listClients(ctx, s.db, by.Cooperative)
}
