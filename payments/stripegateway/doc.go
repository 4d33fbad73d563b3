// Package stripegateway is payments.Gateway over Stripe's API, version
// 2023-10-16, or over another server that speaks it (payments/stripesim).
//
// It promises that nothing leaves that may change something and has no
// idempotency key of ours, that a call with the same key is byte for byte the
// same, and that an error of Stripe is
// *payments.Refused only when Stripe certainly did nothing. A wrong key of ours
// (401, 403), a key with other words (idempotency_error), 409, 429, 5xx and a
// broken connection are plain errors: the same call may be made again. Errors
// and logs hold neither secrets nor what Stripe says in sentences.
//
// It keeps no state and touches no database. Nothing of stripe-go's global
// settings is used.
package stripegateway
