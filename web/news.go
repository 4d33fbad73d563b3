package web

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
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
