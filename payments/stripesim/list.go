package stripesim

import (
	"context"
	"math"
	"time"

	"github.com/jackc/pgx/v5"
)

// page is which part of a list is asked: the newest first.
type page struct {
	limit int64
	after string // the id of the last one on the page before
	from  time.Time
	until time.Time

	number int64 // of after, once it was looked up
}

// renderer is everything that stands in a list.
type renderer interface{ render() object }

// page reads limit, starting_after and created.
func (q *request) page() page {
	p := page{limit: q.params.integer("limit", 10), after: q.params.text("starting_after"), number: math.MaxInt64}
	if p.limit < 1 || p.limit > 100 {
		q.params.refuse(invalid("parameter_invalid_integer", "limit", "Limits are from 1 to 100."))
	}
	p.from, p.until = q.params.created()
	return p
}

// created reads a range of whole seconds, from inclusive and until exclusive.
func (p *params) created() (from, until time.Time) {
	from, until = time.Unix(0, 0), time.Unix(253402300800, 0)
	if p.has("created") {
		from = p.moment("created")
		return from, from.Add(time.Second)
	}
	later := func(name string, than time.Time, extra time.Duration) time.Time {
		if !p.has(name) {
			return than
		}
		return p.moment(name).Add(extra)
	}
	from = later("created[gte]", from, 0)
	from = later("created[gt]", from, time.Second)
	until = later("created[lt]", until, 0)
	until = later("created[lte]", until, time.Second)
	return from, until
}

// lister selects one more than the page holds, so that the rest is known.
type lister[T renderer] func(ctx context.Context, tx pgx.Tx, p page) ([]T, error)

// list looks up where the page begins and renders it.
func list[T renderer](q *request, p page, k kind, from lister[T]) action {
	return func(ctx context.Context, c *change) (object, error) {
		if p.after != "" {
			number, err := findNumber(ctx, c.tx, k, p.after, q.account)
			if err != nil {
				return nil, err
			}
			p.number = number
		}
		rows, err := from(ctx, c.tx, p)
		if err != nil {
			return nil, err
		}
		return renderList(q.path, rows, p.limit), nil
	}
}

func renderList[T renderer](path string, rows []T, limit int64) object {
	more := int64(len(rows)) > limit
	if more {
		rows = rows[:limit]
	}
	data := make([]object, len(rows))
	for i, row := range rows {
		data[i] = row.render()
	}
	return object{"object": "list", "url": path, "has_more": more, "data": data}
}
