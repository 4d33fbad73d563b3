// Package feed remembers what changed, so that what is kept in memory can follow.
//
// A change is appended in the transaction that makes it (feed.append, in a trigger): it
// commits with it, or not at all. It names a kind and an id, and never what is new: who
// reads it looks in the tables themselves, so that a change that is read twice, late or
// with a later one does no harm.
//
// Numbers of rows and of transactions commit out of their order. Read therefore gives
// only changes of transactions below pg_snapshot_xmin, all of which have ended, and
// its cursor never stands further: none is skipped, however slowly somebody commits.
// Who loads everything first takes the cursor (Now) of that same snapshot.
//
// In another server, or on another timeline, the same numbers are those of other
// transactions. So each database has its epoch, which every cursor names; one that was
// put back or moved is settled anew (Settle) before anybody reads.
//
// Old changes go by the rules of internal/retention (TidyTx). Who comes so late that
// some were taken away before they read them hears ErrGone, and loads anew.
//
// The schema "feed" is written here and nowhere else; triggers of others call
// feed.append.
package feed
