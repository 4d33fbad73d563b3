// Package matching will own offers: which member is asked for which seat, in
// what order, and why.
//
// It is empty today. Its rules stand in front of its code: saying no is free,
// every offer explains itself, and origin, gender, age, diagnosis, benefit and
// past convictions never enter. It will propose from memory and let Postgres
// judge; its states run from queued through sent to yes, no or expired.
package matching
