package stripegateway_test

// canned are answers in Stripe's shape, by request.
func canned() map[string]string {
	list := func(path, one string) string {
		return `{"object": "list", "url": "` + path + `", "has_more": false, "data": [` + one + `]}`
	}
	return map[string]string{
		"POST /v1/checkout/sessions":         cannedSession,
		"GET /v1/checkout/sessions/cs_1":     cannedSession,
		"GET /v1/payment_intents/pi_1":       cannedIntent,
		"GET /v1/charges/ch_1":               cannedCharge,
		"GET /v1/balance_transactions/txn_1": cannedTxn,
		"GET /v1/balance_transactions":       list("/v1/balance_transactions", cannedTxn+", "+cannedFee),
		"POST /v1/refunds":                   cannedRefund,
		"GET /v1/refunds":                    list("/v1/refunds", cannedRefund),
		"GET /v1/refunds/re_1":               cannedRefund,
		"GET /v1/disputes":                   list("/v1/disputes", cannedDispute),
		"GET /v1/disputes/dp_1":              cannedDispute,
		"POST /v1/disputes/dp_1":             cannedDispute,
		"POST /v1/disputes/dp_1/close":       cannedDispute,
		"POST /v1/accounts":                  cannedAccount,
		"GET /v1/accounts":                   list("/v1/accounts", cannedAccount),
		"GET /v1/accounts/acct_1":            cannedAccount,
		"POST /v1/account_links":             `{"object": "account_link", "created": 1700000000, "expires_at": 1700000300, "url": "https://connect.stripe.com/setup/e/acct_1/x"}`,
		"POST /v1/transfers":                 cannedTransfer,
		"GET /v1/transfers":                  list("/v1/transfers", cannedTransfer),
		"POST /v1/transfers/tr_1/reversals":  cannedReversal,
		"GET /v1/transfers/tr_1/reversals":   list("/v1/transfers/tr_1/reversals", cannedReversal),
		"POST /v1/payouts":                   cannedPayout,
		"GET /v1/payouts":                    list("/v1/payouts", cannedPayout),
		"GET /v1/payouts/po_1":               cannedPayout,
		"GET /v1/balance":                    cannedBalance,
		"GET /v1/events":                     list("/v1/events", cannedEvent),
	}
}

const (
	cannedSession = `{"id": "cs_1", "object": "checkout.session", "amount_total": 6000, "automatic_tax": {"enabled": false, "status": null},
		"created": 1700000000, "currency": "eur", "custom_fields": [], "custom_text": {"after_submit": null, "shipping_address": null, "submit": null,
		"terms_of_service_acceptance": null}, "expires_at": 1700086400, "livemode": false, "metadata": {"bill": "b7"}, "mode": "payment",
		"payment_intent": "pi_1", "payment_method_types": ["ideal", "card", "sepa_debit"], "payment_status": "unpaid", "shipping_options": [],
		"status": "complete", "url": null}`
	cannedIntent = `{"id": "pi_1", "object": "payment_intent", "amount": 6000, "capture_method": "automatic_async", "confirmation_method": "automatic",
		"created": 1700000000, "currency": "eur", "latest_charge": "ch_1", "livemode": false, "payment_method_types": ["ideal"], "status": "succeeded"}`
	cannedCharge = `{"id": "ch_1", "object": "charge", "amount": 6000, "amount_captured": 6000, "amount_refunded": 1000, "balance_transaction": "txn_1",
		"billing_details": {"address": null, "email": null, "name": null, "phone": null}, "captured": true, "created": 1700000000, "currency": "eur",
		"disputed": true, "livemode": false, "metadata": {}, "paid": true, "payment_method_details": {"type": "sepa_debit", "sepa_debit": {"bank_code": null,
		"branch_code": null, "country": "NL", "fingerprint": null, "last4": "5264", "mandate": null}}, "refunded": false, "status": "succeeded"}`
	cannedTxn = `{"id": "txn_1", "object": "balance_transaction", "amount": 6000, "available_on": 1700500000, "created": 1700000000, "currency": "eur",
		"description": null, "exchange_rate": null, "fee": 115, "fee_details": [], "net": 5885, "reporting_category": "charge", "source": "ch_1",
		"status": "available", "type": "charge"}`
	cannedFee = `{"id": "txn_2", "object": "balance_transaction", "amount": -250, "available_on": 1700000000, "created": 1700000000, "currency": "eur",
		"description": "Connect", "exchange_rate": null, "fee": 0, "fee_details": [], "net": -250, "reporting_category": "fee", "source": null,
		"status": "available", "type": "stripe_fee"}`
	cannedRefund = `{"id": "re_1", "object": "refund", "amount": 1000, "balance_transaction": "txn_3", "charge": "ch_1", "created": 1700000000,
		"currency": "eur", "metadata": {"refund": "r1"}, "payment_intent": "pi_1", "reason": null, "receipt_number": null,
		"source_transfer_reversal": null, "status": "pending", "transfer_reversal": null}`
	cannedDispute = `{"id": "dp_1", "object": "dispute", "amount": 2000, "balance_transactions": [` + cannedWithdrawn + `, ` + cannedReinstated + `],
		"charge": "ch_1", "created": 1700000000, "currency": "eur", "evidence": ` + cannedEvidence + `, "evidence_details": {"due_by": 1700600000,
		"has_evidence": true, "past_due": false, "submission_count": 1}, "is_charge_refundable": false, "livemode": false, "metadata": {},
		"payment_intent": "pi_1", "reason": "product_not_received", "status": "under_review"}`
	cannedWithdrawn = `{"id": "txn_4", "object": "balance_transaction", "amount": -2000, "available_on": 1700000000, "created": 1700000000,
		"currency": "eur", "description": null, "exchange_rate": null, "fee": 2000, "fee_details": [], "net": -4000, "reporting_category": "dispute",
		"source": "dp_1", "status": "available", "type": "adjustment"}`
	cannedReinstated = `{"id": "txn_5", "object": "balance_transaction", "amount": 1500, "available_on": 1700000000, "created": 1700000000,
		"currency": "eur", "description": null, "exchange_rate": null, "fee": -500, "fee_details": [], "net": 2000, "reporting_category": "dispute_reversal",
		"source": "dp_1", "status": "available", "type": "adjustment"}`
	cannedEvidence = `{"access_activity_log": null, "billing_address": null, "cancellation_policy": null, "cancellation_policy_disclosure": null,
		"cancellation_rebuttal": null, "customer_communication": null, "customer_email_address": null, "customer_name": null, "customer_purchase_ip": null,
		"customer_signature": null, "duplicate_charge_documentation": null, "duplicate_charge_explanation": null, "duplicate_charge_id": null,
		"product_description": null, "receipt": null, "refund_policy": null, "refund_policy_disclosure": null, "refund_refusal_explanation": null,
		"service_date": null, "service_documentation": null, "shipping_address": null, "shipping_carrier": null, "shipping_date": null,
		"shipping_documentation": null, "shipping_tracking_number": null, "uncategorized_file": null, "uncategorized_text": "Het werk is gedaan."}`
	cannedAccount = `{"id": "acct_1", "object": "account", "capabilities": {"transfers": "active"}, "details_submitted": true, "payouts_enabled": true,
		"external_accounts": {"object": "list", "has_more": false, "url": "/v1/accounts/acct_1/external_accounts", "data": [` + cannedOldBank + `, ` + cannedBank + `]},
		"requirements": {"alternatives": [], "current_deadline": null, "currently_due": ["individual.verification.document"], "disabled_reason": null,
		"errors": [], "eventually_due": [], "past_due": [], "pending_verification": []}, "type": "express"}`
	cannedBank = `{"id": "ba_2", "object": "bank_account", "account_holder_name": null, "account_holder_type": null, "account_type": null, "bank_name": null,
		"country": "NL", "currency": "eur", "default_for_currency": true, "fingerprint": null, "last4": "5264", "routing_number": null, "status": "new"}`
	cannedOldBank = `{"id": "ba_1", "object": "bank_account", "account_holder_name": null, "account_holder_type": null, "account_type": null, "bank_name": null,
		"country": "NL", "currency": "eur", "default_for_currency": false, "fingerprint": null, "last4": "0000", "routing_number": null, "status": "errored"}`
	cannedTransfer = `{"id": "tr_1", "object": "transfer", "amount": 5400, "amount_reversed": 0, "balance_transaction": "txn_6", "created": 1700000000,
		"currency": "eur", "description": null, "destination": "acct_1", "destination_payment": "py_1", "livemode": false, "metadata": {"payout": "p1"},
		"reversals": {"object": "list", "data": [], "has_more": false, "url": "/v1/transfers/tr_1/reversals"}, "reversed": false,
		"source_transaction": "ch_1", "source_type": "card", "transfer_group": "b7"}`
	cannedReversal = `{"id": "trr_1", "object": "transfer_reversal", "amount": 1000, "balance_transaction": "txn_7", "created": 1700000000, "currency": "eur",
		"destination_payment_refund": "pyr_1", "metadata": {"reversal": "v1"}, "source_refund": null, "transfer": "tr_1"}`
	cannedPayout = `{"id": "po_1", "object": "payout", "amount": 5400, "arrival_date": 1700100000, "automatic": false, "balance_transaction": "txn_8",
		"created": 1700000000, "currency": "eur", "description": null, "destination": "ba_2", "failure_balance_transaction": null, "failure_code": null,
		"failure_message": null, "livemode": false, "metadata": {"payout": "p1:0"}, "method": "instant", "original_payout": null,
		"reconciliation_status": "not_applicable", "reversed_by": null, "source_type": "card", "statement_descriptor": null, "status": "in_transit",
		"type": "bank_account"}`
	cannedBalance = `{"object": "balance", "available": [{"amount": 5400, "currency": "eur", "source_types": {"card": 5400}}, {"amount": 9, "currency": "usd"}],
		"instant_available": [{"amount": 4000, "currency": "eur", "source_types": {"card": 4000}}], "livemode": false,
		"pending": [{"amount": 600, "currency": "eur", "source_types": {"card": 600}}]}`
	cannedEvent = `{"id": "evt_1", "object": "event", "api_version": "2022-11-15", "created": 1700000000, "data": {"object": ` + cannedPayout + `},
		"livemode": false, "pending_webhooks": 0, "request": {"id": null, "idempotency_key": null}, "type": "payout.paid"}`
)
