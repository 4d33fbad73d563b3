// Package demo fills an empty house with believable people and work: two
// cooperatives, sixty members, fifteen clients, four coaches, four coordinators
// and the gigs of the coming four weeks.
//
// All of it goes through the domains' own verbs in one transaction, so that a
// demo that was cut off left nothing behind. The same seed and the same clock
// give the same house, ids included. Every address ends in ".example", which
// no mail can reach (RFC 2606).
package demo
