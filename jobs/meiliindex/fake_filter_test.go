package meiliindex_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"meent/members"
)

// fits reports whether a document meets a condition.
type fits func(*fakeDoc) bool

// parseFilters reads a filter: a text, or a list of texts that must all hold.
func parseFilters(filter any, allowed []string) (all []fits, err error) {
	switch f := filter.(type) {
	case nil:
	case string:
		one, err := parseFilter(f, allowed)
		return []fits{one}, err
	case []any:
		for _, part := range f {
			text, ok := part.(string)
			if !ok {
				return nil, errors.New("the fake knows lists of texts only")
			}
			one, err := parseFilter(text, allowed)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
	default:
		return nil, fmt.Errorf("a filter of %T", filter)
	}
	return all, nil
}

// filterReader reads the filter language: OR binds less than AND, and both less
// than conditions and what stands in brackets.
type filterReader struct {
	rest    string
	allowed []string
}

func parseFilter(text string, allowed []string) (fits, error) {
	r := &filterReader{rest: text, allowed: allowed}
	one, err := r.either()
	if err == nil && r.token() != "" {
		err = errors.New("something after the end")
	}
	if err != nil {
		return nil, fmt.Errorf("%w at %q of %q", err, r.rest, text)
	}
	return one, nil
}

func (r *filterReader) either() (fits, error) {
	return r.joined("OR", r.both, func(a, b fits) fits { return func(d *fakeDoc) bool { return a(d) || b(d) } })
}

func (r *filterReader) both() (fits, error) {
	return r.joined("AND", r.condition, func(a, b fits) fits { return func(d *fakeDoc) bool { return a(d) && b(d) } })
}

func (r *filterReader) joined(by string, read func() (fits, error), join func(a, b fits) fits) (fits, error) {
	all, err := read()
	for err == nil && r.token() == by {
		r.next()
		var more fits
		if more, err = read(); err == nil {
			all = join(all, more)
		}
	}
	return all, err
}

func (r *filterReader) condition() (fits, error) {
	field := r.next()
	if field == "(" {
		inside, err := r.either()
		if err == nil && r.next() != ")" {
			err = errors.New("want )")
		}
		return inside, err
	}
	name := field
	if field == "_geoRadius" {
		name = "_geo"
	}
	if !slices.Contains(r.allowed, name) {
		return nil, fmt.Errorf("%q is not filterable", field)
	}
	if field == "_geoRadius" {
		return r.radius()
	}
	switch operator := r.next(); operator {
	case "=":
		return oneOf(field, []string{r.next()}), nil
	case "IN":
		values, err := r.list("[", "]")
		return oneOf(field, values), err
	case "<", ">=":
		limit, err := strconv.ParseFloat(r.next(), 64)
		return func(d *fakeDoc) bool {
			value, ok := d.fields[field].(float64)
			return ok && (value < limit) == (operator == "<")
		}, err
	default:
		return nil, fmt.Errorf("operator %q", operator)
	}
}

func (r *filterReader) radius() (fits, error) {
	values, err := r.list("(", ")")
	if err != nil || len(values) != 3 {
		return nil, fmt.Errorf("_geoRadius of %q: %v", values, err)
	}
	var n [3]float64
	for i, value := range values {
		if n[i], err = strconv.ParseFloat(value, 64); err != nil {
			return nil, err
		}
	}
	return func(d *fakeDoc) bool {
		metres, ok := d.metres(members.Point{Lat: n[0], Lon: n[1]})
		return ok && metres <= n[2]
	}, nil
}

// metres is how far the document is from there; one without a place is nowhere.
func (d *fakeDoc) metres(from members.Point) (float64, bool) {
	at, ok := d.fields["_geo"].(map[string]any)
	if !ok {
		return 0, false
	}
	here := members.Point{Lat: at["lat"].(float64), Lon: at["lng"].(float64)}
	return float64(here.Metres(from)), true
}

func (r *filterReader) list(open, end string) ([]string, error) {
	if r.next() != open {
		return nil, fmt.Errorf("want %q", open)
	}
	var values []string
	for {
		values = append(values, r.next())
		switch r.next() {
		case ",":
		case end:
			return values, nil
		default:
			return nil, fmt.Errorf("want , or %q", end)
		}
	}
}

// oneOf compares without regard to capitals, as the server does.
func oneOf(field string, values []string) fits {
	wanted := map[string]bool{}
	for _, value := range values {
		wanted[strings.ToLower(value)] = true
	}
	return func(d *fakeDoc) bool {
		return slices.ContainsFunc(d.values(field), func(v string) bool { return wanted[strings.ToLower(v)] })
	}
}

// values are what the document has in the field, as texts.
func (d *fakeDoc) values(field string) []string {
	switch v := d.fields[field].(type) {
	case nil:
		return nil
	case string:
		return []string{v}
	case []any:
		all := make([]string, len(v))
		for i, one := range v {
			all[i] = fmt.Sprint(one)
		}
		return all
	default:
		return []string{fmt.Sprint(v)}
	}
}

// next takes a token, without its quotes.
func (r *filterReader) next() string {
	token := r.token()
	r.rest = strings.TrimLeft(r.rest, " ")[len(token):]
	return strings.Trim(token, `"`)
}

// token is the next token: a quoted value, a sign or a word. The adapter sends
// no backslash, so none is understood.
func (r *filterReader) token() string {
	rest := strings.TrimLeft(r.rest, " ")
	switch {
	case rest == "":
		return ""
	case rest[0] == '"':
		if end := strings.IndexByte(rest[1:], '"'); end >= 0 {
			return rest[:end+2]
		}
		return rest
	case strings.HasPrefix(rest, ">="):
		return ">="
	case strings.ContainsRune("[](),=<", rune(rest[0])):
		return rest[:1]
	}
	if end := strings.IndexAny(rest, " [](),=<>"); end >= 0 {
		return rest[:end]
	}
	return rest
}
