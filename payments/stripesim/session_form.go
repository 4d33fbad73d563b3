package stripesim

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	shortestSession = 30 * time.Minute
	longestSession  = 24 * time.Hour
	smallestCharge  = 50
)

// readSession reads what is to be paid and where the browser goes then.
func (q *request) readSession() session {
	p := q.params
	s := session{
		Status: "open", Success: p.address("success_url"), Cancel: p.address("cancel_url"),
		Reference: p.text("client_reference_id"), Email: p.text("customer_email"), Metadata: p.metadata("metadata"),
		Data: intentData{
			Description: p.text("payment_intent_data[description]"),
			Group:       p.text("payment_intent_data[transfer_group]"),
			Metadata:    p.metadata("payment_intent_data[metadata]"),
		},
		Created: q.now, Expires: p.expiry(q.now),
	}
	p.need("mode")
	p.choice("mode", "payment")
	p.choice("submit_type", "", "auto", "pay")
	p.choice("locale", "nl", "auto", "en")
	s.Methods = p.methods()
	s.Lines = p.lines()
	for _, l := range s.Lines {
		s.Amount += l.Quantity * l.Unit
	}
	p.checkTotal(s.Amount)
	return s
}

func (p *params) checkTotal(amount int64) {
	switch {
	case amount < smallestCharge:
		p.refuse(invalid("amount_too_small", "line_items", "The Checkout Session's total amount due must add up to at least €0.50 eur"))
	case amount > maxAmount:
		p.refuse(invalid("amount_too_large", "line_items", "The Checkout Session's total amount due must be no more than €999,999.99"))
	}
}

// methods reads payment_method_types: cards when nothing is given.
func (p *params) methods() []string {
	var all []string
	for _, element := range p.indexes("payment_method_types") {
		one := p.choice(element, "card", "ideal", "sepa_debit")
		if slices.Contains(all, one) {
			p.refuse(invalid("", element, "The payment method type %q was given twice.", one))
		}
		all = append(all, one)
	}
	if all == nil {
		return []string{"card"}
	}
	return all
}

// lines reads line_items; a product is named in place.
func (p *params) lines() (all []line) {
	elements := p.indexes("line_items")
	if len(elements) == 0 {
		p.refuse(invalid("parameter_missing", "line_items", "Missing required param: line_items."))
	}
	for _, element := range elements {
		data := element + "[price_data]"
		p.euros(data + "[currency]")
		l := line{Name: p.need(data + "[product_data][name]"), Quantity: p.integer(element+"[quantity]", 1), Unit: p.amount(data + "[unit_amount]")}
		p.text(data + "[product_data][description]")
		if l.Quantity < 1 || l.Quantity > 999_999 {
			p.refuse(invalid("parameter_invalid_integer", element+"[quantity]", "Quantities are from 1 to 999999."))
			l.Quantity = 1
		}
		all = append(all, l)
	}
	return all
}

// expiry is a day from now unless another time is given.
func (p *params) expiry(now time.Time) time.Time {
	const name = "expires_at"
	at := p.moment(name)
	switch {
	case at.IsZero():
		return now.Add(longestSession)
	case at.Before(now.Add(shortestSession - time.Minute)), at.After(now.Add(longestSession + time.Minute)):
		p.refuse(invalid("", name, "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation."))
	}
	return at
}

// address reads a URL to which a browser may be sent. Its host goes into a
// header, so it is held to plain characters.
func (p *params) address(name string) string {
	text := p.need(name)
	u, err := url.Parse(strings.ReplaceAll(text, sessionMark, "x"))
	plain := err == nil && isHost(u.Host)
	if !plain || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		p.refuse(invalid("url_invalid", name, "Not a valid URL"))
	}
	return text
}

func isHost(host string) bool {
	odd := func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789-.:[]", r)
	}
	return strings.IndexFunc(strings.ToLower(host), odd) < 0
}
