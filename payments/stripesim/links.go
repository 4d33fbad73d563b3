package stripesim

import (
	"context"
	"time"
)

// linkLife is how long the address of an onboarding page works.
const linkLife = 5 * time.Minute

// link is the address of a page on which the owner of an account tells what
// Stripe must know.
type link struct {
	ID      string
	Account string
	Return  string
	Refresh string
	Created time.Time
	Expires time.Time
	Used    *time.Time
}

// createLink handles POST /v1/account_links.
func createLink(q *request) action {
	p := q.params
	l := link{Return: p.address("return_url"), Refresh: p.address("refresh_url"), Created: q.now, Expires: q.now.Add(linkLife)}
	l.Account = p.need("account")
	p.need("type")
	p.choice("type", "account_onboarding", "account_update")
	p.choice("collect", "currently_due", "eventually_due")
	return func(ctx context.Context, c *change) (object, error) {
		if _, err := findDestination(ctx, c.tx, l.Account, "account"); err != nil {
			return nil, err
		}
		l.ID = c.id("link_")
		return l.render(q.base), insertLink(ctx, c.tx, l)
	}
}

func (l link) render(base string) object {
	return object{"object": "account_link", "created": unix(l.Created), "expires_at": unix(l.Expires), "url": base + "/onboarding/" + l.ID}
}

// over reports that the address works no more.
func (l link) over(now time.Time) bool { return l.Used != nil || !now.Before(l.Expires) }
