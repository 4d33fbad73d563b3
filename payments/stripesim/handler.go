package stripesim

import (
	"context"
	"net/http"
)

// action is what a request does, once its parameters are read.
type action func(ctx context.Context, c *change) (object, error)

// endpoint reads the parameters of a request. What is wrong with them is kept
// there, and stops the action from running.
type endpoint func(r *request) action

// Handler serves the API under /v1/, the checkout page under /checkout/, the page
// of account links under /onboarding/ and, with a token, /control/.
func (s *Simulator) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, e := range platformEndpoints() {
		mux.Handle(pattern, s.api(onlyPlatform(e)))
	}
	for pattern, e := range accountEndpoints() {
		mux.Handle(pattern, s.api(e))
	}
	mux.Handle("/", s.api(unknownURL))
	mux.HandleFunc("GET /checkout/style.css", serveStyle)
	mux.HandleFunc("GET /checkout/{id}", s.showCheckout)
	mux.HandleFunc("POST /checkout/{id}", s.payCheckout)
	mux.HandleFunc("GET /onboarding/{id}", s.showOnboarding)
	mux.HandleFunc("POST /onboarding/{id}", s.fillOnboarding)
	if s.config.Control != "" {
		mux.Handle("/control/", s.control())
	}
	return mux
}

// platformEndpoints are served for the platform's own account only.
func platformEndpoints() map[string]endpoint {
	return map[string]endpoint{
		"POST /v1/accounts":                             createAccount,
		"GET /v1/accounts":                              listAccounts,
		"GET /v1/accounts/{id}":                         getAccount,
		"DELETE /v1/accounts/{id}":                      deleteAccount,
		"GET /v1/accounts/{id}/external_accounts":       listBanks,
		"GET /v1/accounts/{id}/external_accounts/{sub}": getBank,
		"POST /v1/account_links":                        createLink,
		"POST /v1/checkout/sessions":                    createSession,
		"GET /v1/checkout/sessions":                     listSessions,
		"GET /v1/checkout/sessions/{id}":                getSession,
		"POST /v1/checkout/sessions/{id}/expire":        expireSession,
		"GET /v1/payment_intents":                       listIntents,
		"GET /v1/payment_intents/{id}":                  getIntent,
		"GET /v1/charges":                               listCharges,
		"GET /v1/charges/{id}":                          getCharge,
		"POST /v1/refunds":                              createRefund,
		"GET /v1/refunds":                               listRefunds,
		"GET /v1/refunds/{id}":                          getRefund,
		"POST /v1/transfers":                            createTransfer,
		"GET /v1/transfers":                             listTransfers,
		"GET /v1/transfers/{id}":                        getTransfer,
		"POST /v1/transfers/{id}/reversals":             createReversal,
		"GET /v1/transfers/{id}/reversals":              listReversals,
		"GET /v1/transfers/{id}/reversals/{sub}":        getReversal,
		"GET /v1/disputes":                              listDisputes,
		"GET /v1/disputes/{id}":                         getDispute,
		"POST /v1/disputes/{id}":                        answerDispute,
		"POST /v1/disputes/{id}/close":                  closeDispute,
	}
}

// accountEndpoints are served for the platform, and for a connected account
// with the header Stripe-Account.
func accountEndpoints() map[string]endpoint {
	return map[string]endpoint{
		"POST /v1/payouts":                  createPayout,
		"GET /v1/payouts":                   listPayouts,
		"GET /v1/payouts/{id}":              getPayout,
		"POST /v1/payouts/{id}/cancel":      cancelPayout,
		"GET /v1/balance":                   getBalance,
		"GET /v1/balance_transactions":      listTxns,
		"GET /v1/balance_transactions/{id}": getTxn,
		"GET /v1/events":                    listEvents,
		"GET /v1/events/{id}":               getEvent,
	}
}

func onlyPlatform(e endpoint) endpoint {
	return func(r *request) action {
		if r.account != platform {
			r.params.refuse(invalid("", "", "The simulator knows this for the platform's account only; leave out Stripe-Account."))
		}
		return e(r)
	}
}

func unknownURL(r *request) action {
	e := invalid("", "", "Unrecognized request URL (%s: %s). Please see https://stripe.com/docs.", r.method, r.path)
	e.status = http.StatusNotFound
	r.params.first = e
	return nil
}
