package jobs

import (
	"cmp"
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
	"meent/payments"
)

// SocialReturn is what a client did for people with this cooperative from a day
// until another: hours, people and money. It names nobody who worked.
type SocialReturn struct {
	ClientName  string
	From, Until members.Day
	Gigs        []SocialGig // by title; last, without a title, bills of work that is not kept any more
	Work        SocialSum   // of all gigs
	Off         SocialSum   // pay for work that the client called off: no hours were worked
	Bills       BilledSum   // of all bills in these days, also of work called off
}

// SocialGig is one gig's part.
type SocialGig struct {
	Gig      GigID
	Title    string
	Language members.Locale
	SocialSum
}

// SocialSum is how much work of how many different people, and what was billed
// for it.
type SocialSum struct {
	Works, Minutes, People int
	BilledSum
}

// BilledSum are the amounts of bills: those that the client paid, and the others.
type BilledSum struct{ Paid, Due Amounts }

// Amounts are parts of bills.
type Amounts struct{ Wages, Contribution payments.Cents }

// Total is both.
func (a Amounts) Total() payments.Cents { return a.Wages + a.Contribution }

// Total is all of the bills.
func (b BilledSum) Total() payments.Cents { return b.Paid.Total() + b.Due.Total() }

func (b *BilledSum) add(o BilledSum) {
	b.Paid.Wages, b.Paid.Contribution = b.Paid.Wages+o.Paid.Wages, b.Paid.Contribution+o.Paid.Contribution
	b.Due.Wages, b.Due.Contribution = b.Due.Wages+o.Due.Wages, b.Due.Contribution+o.Due.Contribution
}

// SocialReturn counts what a client did from a day until another: for a contact
// of that client, and for a coordinator. Work counts on the day on which it
// began, as its bill says. It returns check.Problems at "from" and "until", and
// members.ErrNotFound to everybody else.
func (s *Service) SocialReturn(ctx context.Context, by members.Actor, client members.ClientID, from, until members.Day) (r SocialReturn, err error) {
	if err := socialProblems(from, until).Err(); err != nil {
		return r, err
	}
	if !runs(by) || by.Kind == members.RoleClient && by.Client != client {
		return r, members.ErrNotFound
	}
	r.From, r.Until = from, until
	same := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly} // bills and hours of one moment
	err = pgx.BeginTxFunc(ctx, s.db, same, func(tx pgx.Tx) error {
		if r.ClientName, err = findClientName(ctx, tx, by.Cooperative, client); err != nil {
			return err
		}
		work, err := listSocialWork(ctx, tx, by.Cooperative, client, from, until)
		if err != nil {
			return err
		}
		bills, err := listSocialBills(ctx, tx, by.Cooperative, client, from, until)
		r.fill(work, bills)
		return err
	})
	return r, err
}

func socialProblems(from, until members.Day) (p check.Problems) {
	if !from.Real() {
		p.Add("from", "no_such_day", nil)
	}
	if !until.Real() {
		p.Add("until", "no_such_day", nil)
	}
	if len(p) == 0 && from > until {
		p.Add("until", "ends_before", nil)
	}
	return p
}

// socialRow is hours of a gig or of all (whole), or bills of one.
type socialRow struct {
	SocialGig
	whole bool
	off   bool // pay for work that was called off
}

// fill puts hours and bills together.
func (r *SocialReturn) fill(work, bills []socialRow) {
	gigs := map[GigID]*SocialGig{}
	of := func(row socialRow) *SocialGig {
		if gigs[row.Gig] == nil {
			gigs[row.Gig] = &SocialGig{Gig: row.Gig, Title: row.Title, Language: row.Language}
		}
		return gigs[row.Gig]
	}
	for _, row := range work {
		switch {
		case row.whole && row.off:
			r.Off.Works, r.Off.People = row.Works, row.People
		case row.whole:
			r.Work.Works, r.Work.Minutes, r.Work.People = row.Works, row.Minutes, row.People
		case !row.off:
			one := of(row)
			one.Works, one.Minutes, one.People = row.Works, row.Minutes, row.People
		}
	}
	for _, row := range bills {
		r.Bills.add(row.BilledSum)
		if row.off {
			r.Off.add(row.BilledSum)
			continue
		}
		r.Work.add(row.BilledSum)
		of(row).add(row.BilledSum)
	}
	for _, one := range gigs {
		r.Gigs = append(r.Gigs, *one)
	}
	slices.SortFunc(r.Gigs, func(a, b SocialGig) int {
		if a.Gig.IsZero() != b.Gig.IsZero() {
			return map[bool]int{true: 1, false: -1}[a.Gig.IsZero()]
		}
		return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.Gig.String(), b.Gig.String()))
	})
}
