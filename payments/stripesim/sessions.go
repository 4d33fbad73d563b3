package stripesim

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// session is a checkout: one sum that somebody is asked to pay, once.
type session struct {
	ID        string
	Status    string
	Amount    int64
	Lines     []line
	URL       string
	Success   string
	Cancel    string
	Reference string
	Email     string
	Metadata  map[string]string
	Data      intentData
	Intent    string
	Created   time.Time
	Expires   time.Time
	Methods   []string // the ways to pay that it takes
	Paid      bool     // a debit pays it later than it is complete
}

// line is one row of what is to be paid.
type line struct {
	Name     string `json:"name"`
	Quantity int64  `json:"quantity"`
	Unit     int64  `json:"unit_amount"`
}

// intentData is what the payment intent will be made of.
type intentData struct {
	Description string            `json:"description"`
	Group       string            `json:"transfer_group"`
	Metadata    map[string]string `json:"metadata"`
}

// createSession handles POST /v1/checkout/sessions.
func createSession(q *request) action {
	s := q.readSession()
	return func(ctx context.Context, c *change) (object, error) {
		s.ID = c.id("cs_test_")
		s.URL = q.base + "/checkout/" + s.ID
		return s.render(), insertSession(ctx, c.tx, s)
	}
}

// getSession handles GET /v1/checkout/sessions/{id}.
func getSession(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		s, err := findSession(ctx, c.tx, q.id)
		return s.render(), err
	}
}

// listSessions handles GET /v1/checkout/sessions.
func listSessions(q *request) action {
	intent := q.params.text("payment_intent")
	return list(q, q.page(), sessionKind(), func(ctx context.Context, tx pgx.Tx, p page) ([]session, error) {
		return selectSessions(ctx, tx, p, intent)
	})
}

// expireSession handles POST /v1/checkout/sessions/{id}/expire.
func expireSession(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		s, err := lockSession(ctx, c.tx, q.id)
		if err != nil {
			return nil, err
		}
		if s.Status != "open" {
			return nil, invalid("", "", "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of %s.", s.Status)
		}
		err = c.expire(ctx, &s)
		return s.render(), err
	}
}

// expire ends an open session that the caller has locked.
func (c *change) expire(ctx context.Context, s *session) error {
	s.Status = "expired"
	if err := updateSession(ctx, c.tx, *s); err != nil {
		return err
	}
	return c.tell(ctx, platform, "checkout.session.expired", s.render())
}

func (s session) paid() string {
	if s.Paid {
		return "paid"
	}
	return "unpaid"
}

func (s session) render() object {
	o := object{
		"id": s.ID, "object": "checkout.session", "livemode": false, "mode": "payment", "ui_mode": "hosted",
		"status": s.Status, "payment_status": s.paid(), "amount_subtotal": s.Amount, "amount_total": s.Amount, "currency": "eur",
		"success_url": s.Success, "cancel_url": s.Cancel, "url": nil, "client_reference_id": orNull(s.Reference),
		"customer": nil, "customer_email": orNull(s.Email), "customer_details": nil, "metadata": s.Metadata, "payment_intent": orNull(s.Intent),
		"automatic_tax": object{"enabled": false, "status": nil}, "custom_fields": []object{}, "shipping_options": []object{},
		"custom_text":          object{"shipping_address": nil, "submit": nil, "terms_of_service_acceptance": nil},
		"payment_method_types": s.Methods, "locale": "nl", "created": unix(s.Created), "expires_at": unix(s.Expires),
	}
	if s.Status == "open" {
		o["url"] = s.URL
	}
	return o
}

// takes reports that the session may be paid by this method.
func (s session) takes(method string) bool { return slices.Contains(s.Methods, method) }

// what says in one line what is paid for.
func (l line) what() string {
	if l.Quantity == 1 {
		return l.Name
	}
	return fmt.Sprintf("%s (%d keer)", l.Name, l.Quantity)
}
