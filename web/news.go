package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/web/live"
)

// News tells open pages what changed. Its methods are handlers of tasks.
type News struct{ hub *live.Hub }

// NewNews tells pages through this hub.
func NewNews(hub *live.Hub) *News { return &News{hub: hub} }

// GigPosted tells the lists of the cooperative's gigs. Telling twice does no
// harm: a page only looks again.
func (n *News) GigPosted(ctx context.Context, _ string, t jobs.GigPosted) (func(context.Context, pgx.Tx) error, error) {
	return nil, n.hub.Publish(ctx, live.Gigs(t.Cooperative))
}

// Moved tells the members, the client, the coaches and the office.
func (n *News) Moved(ctx context.Context, _ string, t members.Moved) (func(context.Context, pgx.Tx) error, error) {
	topics := []live.Topic{live.Staff(t.Cooperative)}
	for _, m := range t.Members {
		topics = append(topics, live.Member(m))
	}
	if !t.Client.IsZero() {
		topics = append(topics, live.Client(t.Client))
	}
	var errs []error
	for _, topic := range topics {
		errs = append(errs, n.hub.Publish(ctx, topic))
	}
	return nil, errors.Join(errs...)
}
