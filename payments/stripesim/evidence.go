package stripesim

import (
	"context"
	"fmt"
	"maps"
	"net/http"
)

// evidenceNames are the fields that a bank may be sent; files are not known here.
func evidenceNames() []string {
	return []string{
		"access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure", "cancellation_rebuttal",
		"customer_communication", "customer_email_address", "customer_name", "customer_purchase_ip", "customer_signature",
		"duplicate_charge_documentation", "duplicate_charge_explanation", "duplicate_charge_id", "product_description", "receipt",
		"refund_policy", "refund_policy_disclosure", "refund_refusal_explanation", "service_date", "service_documentation",
		"shipping_address", "shipping_carrier", "shipping_date", "shipping_documentation", "shipping_tracking_number",
		"uncategorized_file", "uncategorized_text",
	}
}

// answerDispute handles POST /v1/disputes/{id}: evidence is kept, and sent to
// the bank unless submit is false.
func answerDispute(q *request) action {
	p := q.params
	given, cleared := map[string]string{}, []string{}
	for _, name := range evidenceNames() {
		full := "evidence[" + name + "]"
		switch text := p.text(full); {
		case text != "":
			given[name] = text
		case p.has(full):
			cleared = append(cleared, name)
		}
	}
	metadata, submit := p.metadata("metadata"), p.choice("submit", "true", "false") == "true"
	return func(ctx context.Context, c *change) (object, error) {
		d, err := lockDispute(ctx, c.tx, q.id, c.now)
		if err != nil {
			return nil, err
		}
		if d.closed() || !c.now.Before(d.Until) {
			return nil, overDispute(d)
		}
		maps.Copy(d.Evidence, given)
		maps.Copy(d.Metadata, metadata)
		for _, name := range cleared {
			delete(d.Evidence, name)
		}
		if submit && len(given) > 0 {
			c.send(&d)
		}
		d, err = c.keepDispute(ctx, d, "charge.dispute.updated")
		return d.render(), err
	}
}

// send brings the evidence to the bank, which decides later.
func (c *change) send(d *dispute) {
	due := c.now.Add(c.config.DisputeDelay)
	d.Submitted, d.Due = d.Submitted+1, &due
	if d.warns() {
		d.Status = "warning_under_review"
	} else {
		d.Status = "under_review"
	}
}

// closeDispute handles POST /v1/disputes/{id}/close: the payer was right.
func closeDispute(q *request) action {
	return func(ctx context.Context, c *change) (object, error) {
		d, err := lockDispute(ctx, c.tx, q.id, c.now)
		if err != nil {
			return nil, err
		}
		if d.closed() {
			return nil, overDispute(d)
		}
		status := disputeLost
		if d.warns() {
			status = disputeClosed
		}
		d, err = c.decide(ctx, d, status)
		return d.render(), err
	}
}

func overDispute(d dispute) *apiError {
	e := invalid("", "", "%s", fmt.Sprintf("This dispute is already closed or past its time (%s).", d.Status))
	e.status = http.StatusBadRequest
	return e
}
