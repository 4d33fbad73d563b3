package members

import (
	"context"
	"net/mail"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// PersonID identifies a person.
type PersonID = id.Of[Person]

// Person is one human with one sign-in, in one or more cooperatives.
type Person struct {
	ID     PersonID
	Email  Email
	Name   string
	Locale Locale
}

// Email is an address in small letters; ParseEmail makes it.
type Email string

// ParseEmail reads a bare address of at most 254 characters (RFC 5321).
func ParseEmail(text string) (Email, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	parsed, err := mail.ParseAddress(text)
	ok := err == nil && parsed.Address == text && len(text) <= 254 && strings.Contains(text, ".")
	return Email(text), ok
}

// Locale is a language that Meent speaks.
type Locale string

// Dutch comes first; English stands beside it.
const (
	Dutch   Locale = "nl"
	English Locale = "en"
)

// ParseLocale reads a language; anything unknown is Dutch.
func ParseLocale(text string) Locale {
	if Locale(text) == English {
		return English
	}
	return Dutch
}

// NewPerson is what a new person brings.
type NewPerson struct {
	Name   string
	Email  string
	Locale Locale
}

func (n NewPerson) problems(p *check.Problems) {
	p.Text("person", n.Name, 1, 80)
	checkEmail(p, n.Email)
	check.OneOf(p, "locale", n.Locale, Dutch, English)
}

func checkEmail(p *check.Problems, text string) {
	before := len(*p)
	p.Text("email", text, 1, 254)
	if len(*p) > before {
		return
	}
	if _, ok := ParseEmail(text); !ok {
		p.Add("email", "not_an_email", nil)
	}
}

// EnsurePersonTx finds the person with this address or makes one. It returns
// check.Problems.
func (s *Service) EnsurePersonTx(ctx context.Context, tx pgx.Tx, n NewPerson) (PersonID, error) {
	var p check.Problems
	n.problems(&p)
	if err := p.Err(); err != nil {
		return PersonID{}, err
	}
	email, _ := ParseEmail(n.Email)
	person := Person{ID: id.New[Person](s.random), Email: email, Name: strings.TrimSpace(n.Name), Locale: n.Locale}
	return ensurePerson(ctx, tx, person, s.now())
}

// SetLocale makes a language the person's own, for pages and mail.
func (s *Service) SetLocale(ctx context.Context, person PersonID, locale Locale) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return updateLocale(ctx, tx, person, ParseLocale(string(locale)))
	})
}
