package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/mail"
	"meent/jobs"
	"meent/members"
	"meent/web/words"
)

// SearchNews gives the handler of jobs.SearchNews: it tells a member of new gigs
// that fit a search that they saved, with this index; nil means that there is none.
// Where nothing is new there is no mail, and in quiet hours it comes when they end.
func (m *Mails) SearchNews(index jobs.Index) func(context.Context, string, jobs.SearchNews) (func(context.Context, pgx.Tx) error, error) {
	return func(ctx context.Context, key string, t jobs.SearchNews) (func(context.Context, pgx.Tx) error, error) {
		key = cmp.Or(t.Key, key)
		quiet, err := m.members.QuietUntil(ctx, t.Cooperative, t.Member)
		if err != nil {
			return nil, err
		}
		if !quiet.IsZero() {
			return func(ctx context.Context, tx pgx.Tx) error { return m.jobs.NewsLaterTx(ctx, tx, key, t, quiet) }, nil
		}
		news, err := m.jobs.News(ctx, index, m.canDo, key, t)
		if errors.Is(err, members.ErrNotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		text := m.searchNews(news)
		message, err := text.message(ctx, key+":"+news.Who.ID.String())
		if err := m.tellMember(ctx, t.Cooperative, news.Who, message, text.link, err); err != nil {
			return nil, err
		}
		return func(ctx context.Context, tx pgx.Tx) error { return m.jobs.NewsToldTx(ctx, tx, t, news) }, nil
	}
}

// canDo are the gigs that a member can do, as the list of gigs says it.
func (m *Mails) canDo(ctx context.Context, by members.Actor) ([]jobs.GigID, error) {
	prospects, err := m.matching.Prospects(ctx, by)
	return prospects.Fits(), err
}

// newsText is what the mail says, for both its forms.
type newsText struct {
	say  *words.Speaker
	who  members.Person
	news jobs.News
	link string // to the member's searches
	gig  func(jobs.GigID) string
}

func (m *Mails) searchNews(news jobs.News) newsText {
	return newsText{say: m.words.In(news.Who.Locale), who: news.Who, news: news, link: m.url.JoinPath("searches").String(),
		gig: func(gig jobs.GigID) string { return m.url.JoinPath("gigs", gig.String()).String() }}
}

func (t newsText) message(ctx context.Context, key string) (mail.Message, error) {
	var page bytes.Buffer
	err := searchMailPage(t).Render(ctx, &page)
	return mail.Message{To: string(t.who.Email), Subject: t.say.T("mail.searches_subject"), Text: t.plain(), HTML: page.String(), Key: key}, err
}

func (t newsText) lead() string {
	return t.say.N("mail.searches_lead", len(t.news.Gigs)+t.news.Rest)
}

// about is when and where a gig is, and what it pays.
func (t newsText) about(l jobs.Listing) string {
	place := l.PlaceName
	if l.Remote {
		place = t.say.T("meeting.home")
	}
	parts := []string{t.say.LongDate(l.Next.Starts), t.say.Span(l.Next.Starts, l.Next.Ends), place}
	if l.Rate > 0 {
		parts = append(parts, t.say.T("mail.searches_rate", "Amount", t.say.Money(l.Rate)))
	}
	return strings.Join(parts, ", ")
}

func (t newsText) rest() string {
	if t.news.Rest == 0 {
		return ""
	}
	return t.say.N("mail.searches_rest", t.news.Rest)
}

func (t newsText) plain() string {
	lines := []string{t.say.T("mail.hello", "Name", t.who.Name), "", t.lead(), ""}
	for _, l := range t.news.Gigs {
		lines = append(lines, l.Title, t.about(l), t.gig(l.ID), "")
	}
	if rest := t.rest(); rest != "" {
		lines = append(lines, rest, "")
	}
	return strings.Join(append(lines, t.say.T("mail.searches_go"), t.link, "", t.say.T("mail.searches_stop"), "", "Meent", ""), "\n")
}
