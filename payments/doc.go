// Package payments owns money and what the law says about it.
//
// Today it knows amounts in cents and the legal floor: dated rows, each with
// its source. Where no row covers a date it refuses and says which; it never
// guesses. A row that is marked as an example is for demonstrations only and is
// not law. The ledger, bills and payouts come with the issue that owns them.
//
// The schema "payments" is written here and nowhere else.
package payments
