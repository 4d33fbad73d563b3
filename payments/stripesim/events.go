package stripesim

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// event is what happened to one object, and the object as it was then.
type event struct {
	ID      string
	Account string
	Type    string
	Object  json.RawMessage
	Request string
	Key     string
	Created time.Time
	Due     *time.Time // when it is to be delivered
	Tries   int
	Number  int64
}

// eventLife is how long Stripe can be asked for an event.
const eventLife = 30 * 24 * time.Hour

// getEvent handles GET /v1/events/{id}.
func getEvent(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		e, err := findEvent(ctx, c.tx, q.id, q.account, q.now.Add(-eventLife))
		return e.render(), err
	}
}

// listEvents handles GET /v1/events.
func listEvents(q *request) action {
	types := []string{}
	if one := q.params.text("type"); one != "" {
		types = append(types, pattern(one))
	}
	for _, name := range q.params.indexes("types") {
		types = append(types, pattern(q.params.text(name)))
	}
	return list(q, q.page(), eventKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]event, error) {
		return selectEvents(ctx, tx, p, q.account, types, q.now.Add(-eventLife))
	})
}

// pattern turns Stripe's wildcard into SQL's.
func pattern(kind string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`, `*`, `%`).Replace(kind)
}

func (e event) render() object {
	o := object{
		"id": e.ID, "object": "event", "api_version": APIVersion, "livemode": false, "type": e.Type, "created": unix(e.Created),
		"data": object{"object": e.Object}, "pending_webhooks": 0,
		"request": object{"id": orNull(e.Request), "idempotency_key": orNull(e.Key)},
	}
	if e.Due != nil {
		o["pending_webhooks"] = 1
	}
	if e.Account != platform {
		o["account"] = e.Account
	}
	return o
}
