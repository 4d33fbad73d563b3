package words

import (
	"fmt"
	"sync"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"

	"meent/members"
	"meent/web/locales"
)

// Book is every text in every language.
type Book struct {
	bundle *i18n.Bundle
	zone   *time.Location
}

// Load gives the embedded texts, which are read once.
func Load() (*Book, error) { return load() }

var load = sync.OnceValues(read)

func read() (*Book, error) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return nil, err
	}
	bundle := i18n.NewBundle(language.Dutch)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	for _, name := range []string{"nl.toml", "en.toml"} {
		if _, err := bundle.LoadMessageFileFS(locales.Files, name); err != nil {
			return nil, fmt.Errorf("words: %s: %w", name, err)
		}
	}
	return &Book{bundle: bundle, zone: zone}, nil
}

// In gives the speaker of a language.
func (b *Book) In(locale members.Locale) *Speaker {
	return &Speaker{Locale: locale, localizer: i18n.NewLocalizer(b.bundle, string(locale)), zone: b.zone}
}

// Speaker says things in one language.
type Speaker struct {
	Locale    members.Locale
	localizer *i18n.Localizer
	zone      *time.Location
}

// T says the sentence of a key, with names and values in turn:
// T("gig.rate", "Rate", amount). A key that is missing shows itself; a test sees
// to it that none is.
func (s *Speaker) T(key string, args ...any) string {
	return s.say(&i18n.LocalizeConfig{MessageID: key, TemplateData: pairs(args)})
}

// N is T for a number of things, which chooses between one and more; the
// sentence knows the number as Count.
func (s *Speaker) N(key string, count int, args ...any) string {
	data := pairs(append(args, "Count", count))
	return s.say(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: count})
}

// With is T with the arguments of a problem.
func (s *Speaker) With(key string, args map[string]any) string {
	return s.say(&i18n.LocalizeConfig{MessageID: key, TemplateData: args})
}

func (s *Speaker) say(config *i18n.LocalizeConfig) string {
	text, err := s.localizer.Localize(config)
	if err != nil {
		return config.MessageID
	}
	return text
}

func pairs(args []any) map[string]any {
	data := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		data[fmt.Sprint(args[i])] = args[i+1]
	}
	return data
}
