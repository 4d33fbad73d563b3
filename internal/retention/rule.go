package retention

import "time"

// Name names a rule. Pages have its words: kept.what.…
type Name string

// Moment is what a period is counted from: kept.from.…
type Moment string

// The moments.
const (
	Asked    Moment = "asked"
	Tried    Moment = "tried"
	SignedIn Moment = "signed_in"
	Uploaded Moment = "uploaded"
	Expired  Moment = "expired"
	TheDay   Moment = "the_day"
	Ended    Moment = "ended"
	Seen     Moment = "seen"
	Written  Moment = "written"
	Happened Moment = "happened"
	Answered Moment = "answered"
	Closed   Moment = "closed"
	Worked   Moment = "worked"
	Paid     Moment = "paid"
	Left     Moment = "left"
	Received Moment = "received"
	Done     Moment = "done"
	Sent     Moment = "sent"
	Signed   Moment = "signed" // or withdrawn, or begun
)

// Why is what something is kept for: kept.why.…
type Why string

// The purposes.
const (
	Safety   Why = "safety"   // so that nobody signs in as somebody else
	Joining  Why = "joining"  // so that who invited can see what became of it
	Checking Why = "checking" // so that somebody can look before it counts
	Planning Why = "planning" // so that work fits somebody's days
	Control  Why = "control"  // so that a member can see who looked
	Proof    Why = "proof"    // so that a deed cannot be hidden afterwards
	Claims   Why = "claims"   // so long somebody may claim damages
	Guidance Why = "guidance" // so that a coach can help
	Fairness Why = "fairness" // so that it can be explained and examined
	Books    Why = "books"    // the law on books
	Balance  Why = "balance"  // each balance is the sum of its postings
	Account  Why = "account"  // so that a funder, UWV or a municipality, can look at what it paid for
	Running  Why = "running"  // so that nothing is lost or done twice
	Practice Why = "practice" // mail of a house without mail
)

// Area is where on the page a rule stands: kept.area.…
type Area string

// The areas, in the order of the page.
const (
	WayIn     Area = "way_in"
	Join      Area = "join"
	Jobs      Area = "jobs"
	Money     Area = "money"
	Coaching  Area = "coaching"
	Decisions Area = "decisions"
	Machine   Area = "machine"
)

// Law is the article that sets a period: kept.law.…
type Law string

// The laws.
const (
	TaxBooks Law = "tax_books" // Algemene wet inzake rijksbelastingen, art. 52: books are kept for seven years
	Damages  Law = "damages"   // Burgerlijk Wetboek, art. 3:310: a claim for damages ends after five years
)

// Rule says how long something is kept. Of Keep, Newest and Stays it has one.
type Rule struct {
	Name   Name
	Keep   Period // so long, from a moment on
	From   Moment
	Newest int  // so many, the newest
	Stays  bool // it is never taken away: Why says why
	Why    Why
	Law    Law // empty where no law sets the period
	Area   Area
}

// Of gives the rule. A name that is in no table stays: nothing goes by mistake.
func Of(name Name) Rule {
	for _, r := range Rules() {
		if r.Name == name {
			return r
		}
	}
	return Rule{Name: name, Stays: true}
}

// Before is the moment before which what the rule is about has run out. Of what
// does not run out it is the zero time, before which there is nothing.
func Before(name Name, now time.Time) time.Time {
	r := Of(name)
	if r.Keep == (Period{}) {
		return time.Time{}
	}
	return r.Keep.Before(now)
}
