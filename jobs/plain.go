package jobs

import (
	"context"
	"strings"

	"meent/members"
)

// findPlain answers a query from Postgres alone: all of it, but words only as
// they are written.
func (s *Service) findPlain(ctx context.Context, by members.Actor, q Query) (Hits, error) {
	q, err := q.Tidy()
	if err != nil {
		return Hits{}, err
	}
	all, err := s.candidates(ctx, by, q.Near, len(q.Words()) > 0)
	if err != nil {
		return Hits{}, err
	}
	hits := answer(all, q)
	if hits.Total == 0 {
		hits.read = all
	}
	return hits, nil
}

// candidates are the gigs that Postgres holds against queries near this point, with
// their texts where words are looked for.
func (s *Service) candidates(ctx context.Context, by members.Actor, near members.Point, words bool) ([]candidate, error) {
	docs, err := listPlain(ctx, s.db, by, s.now(), words)
	if err != nil {
		return nil, err
	}
	all, labels := make([]candidate, len(docs)), labels{}
	for i, d := range docs {
		all[i] = newCandidate(d, near)
		if words {
			all[i].text = folded(d.Title+" "+d.Description+" "+d.PlaceName) + labels.of(d.Skills)
		}
	}
	return all, nil
}

// labels are the folded words of skills, each folded once.
type labels map[string]string

func (l labels) of(skills []members.Skill) (text string) {
	for _, s := range skills {
		if l[s.Code] == "" {
			l[s.Code] = " " + folded(strings.Join(Document{Skills: []members.Skill{s}}.Labels(), " "))
		}
		text += l[s.Code]
	}
	return text
}

// folded is the text's Words with spaces between them. Most texts, and most words
// of the others, hold no letter but the plain ones, and are many at once.
func folded(text string) string {
	if plain, ok := foldedPlainly(text); ok {
		return plain
	}
	fields := strings.Fields(text)
	for i, field := range fields {
		plain, ok := foldedPlainly(field)
		if !ok {
			plain = strings.Join(Words(field), " ")
		}
		fields[i] = plain
	}
	return strings.Join(fields, " ")
}

// foldedPlainly reports false for a text with other letters.
func foldedPlainly(text string) (string, bool) {
	plain := make([]byte, len(text))
	for i := range len(text) {
		switch b := text[i]; {
		case b >= 0x80:
			return "", false
		case 'A' <= b && b <= 'Z':
			plain[i] = b + 'a' - 'A'
		case 'a' <= b && b <= 'z', '0' <= b && b <= '9':
			plain[i] = b
		default:
			plain[i] = ' '
		}
	}
	return string(plain), true
}
