// Package demo fills an empty house with believable people and work: two
// cooperatives, sixty members, fifteen clients, four coaches, four coordinators
// and the gigs of the coming four weeks. With a past, a dozen members have
// twelve weeks of finished work behind them, and some of the last week is left
// on its way, so that every page has something true to show. What seldom happens
// is staged, once in each cooperative: see scenes.
//
// All of it goes through the domains' own verbs. Fill is one transaction, so
// that a demo that was cut off left nothing behind. The past cannot be one: a
// clock is set back and moved on, people do what people do, the real tasks run,
// and the money moves in a simulator that is closed afterwards. Mail and live
// news of the past are not sent. While that lasts a row stands in demo.past;
// whoever finds it makes everything anew, unless a person came meanwhile.
//
// The same seed and the same clock give the same house, ids and times included;
// only when a task of the past ended is real time. Every address ends in
// ".example", which no mail can reach (RFC 2606).
//
// The schema "demo" is written here and nowhere else.
package demo
