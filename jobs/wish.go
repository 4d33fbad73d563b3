package jobs

import (
	"context"
	"time"

	"meent/members"
	"meent/payments"
)

// Wish is what somebody looks for in the list of open gigs. What is left out
// does not limit; of several choices of one thing, one is enough.
type Wish struct {
	Text     string
	Groups   []string // kinds of work: codes of groups of skills
	Loads    []Load
	Days     []time.Weekday
	Parts    []DayPart
	LeastPay payments.Cents // one of PayChoices
	Support  bool           // somebody there helps
	Others   bool           // nobody works alone
	Metres   int            // from the acting member's place; for nobody else
	Only     []GigID        // nil is any; say, those that the member can do
	Ranked   bool           // Only stands in the order of the list, where neither words nor Sort give another
	Sort     Sort           // Nearest only for a member
	Page     int            // from 1
}

// Empty reports a wish for nothing in particular, in the usual order.
func (w Wish) Empty() bool {
	return len(w.words()) == 0 && !w.Limits() && w.Only == nil && w.Sort != Nearest
}

// Limits reports whether more than words was chosen.
func (w Wish) Limits() bool {
	return len(w.Groups)+len(w.Loads)+len(w.Days)+len(w.Parts) > 0 || w.LeastPay > 0 || w.Support || w.Others || w.Metres > 0
}

func (w Wish) words() []string { return Query{Text: w.Text}.Words() }

// ranked is the page of a list that has its order already and leaves nothing out: of Only,
// whatever the index knows of it.
func (w Wish) ranked(hits Hits) Hits {
	if w.Ranked && w.Only != nil && len(w.words()) == 0 && !w.Limits() && w.Sort == Best {
		from := min((w.Page-1)*PageSize, len(w.Only))
		hits.Gigs, hits.Total = w.Only[from:min(from+PageSize, len(w.Only))], len(w.Only)
	}
	return hits
}

// query is the wish as the index understands it.
func (s *Service) query(ctx context.Context, by members.Actor, w Wish) (q Query, err error) {
	q = w.asked(by)
	if by.Kind != members.RoleMember {
		return q, nil
	}
	q.Near, err = findHome(ctx, s.db, by)
	return q, err
}

// asked is all of the query but where it is near.
func (w Wish) asked(by members.Actor) Query {
	q := Query{Cooperative: by.Cooperative, Text: w.Text, Groups: w.Groups, Loads: w.Loads, Days: w.Days, Parts: w.Parts,
		LeastPay: w.LeastPay, Support: w.Support, Others: w.Others, Only: w.Only, Ranked: w.Ranked, Sort: w.Sort, Page: w.Page, Count: true}
	if by.Kind != members.RoleMember {
		if q.Sort == Nearest {
			q.Sort = Best
		}
		return q
	}
	q.Metres = w.Metres
	return q
}

// Found is one page of open gigs, and how they were found.
type Found struct {
	Page
	Counts FacetCounts
	Plain  bool // the index did not answer, so Postgres looked for the bare words

	read []candidate // see Hits
}
