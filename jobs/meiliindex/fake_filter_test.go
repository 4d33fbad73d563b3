package meiliindex_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"meent/members"
)

// fits reports whether a document meets a condition.
type fits func(fakeDoc) bool

// filterReader reads the part of the filter language that the adapter writes:
// conditions joined by AND.
type filterReader struct {
	rest    string
	allowed []string
}

func parseFilter(text string, allowed []string) (fits, error) {
	r := &filterReader{rest: text, allowed: allowed}
	var all []fits
	for {
		one, err := r.condition()
		if err != nil {
			return nil, fmt.Errorf("%w at %q of %q", err, r.rest, text)
		}
		all = append(all, one)
		if r.token() == "" {
			break
		} else if r.next() != "AND" {
			return nil, fmt.Errorf("want AND before %q of %q", r.rest, text)
		}
	}
	return func(d fakeDoc) bool {
		return !slices.ContainsFunc(all, func(one fits) bool { return !one(d) })
	}, nil
}

func (r *filterReader) condition() (fits, error) {
	field := r.next()
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
		return func(d fakeDoc) bool {
			value, ok := d[field].(float64)
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
	return func(d fakeDoc) bool {
		at, ok := d["_geo"].(map[string]any)
		if !ok {
			return false
		}
		here := members.Point{Lat: at["lat"].(float64), Lon: at["lng"].(float64)}
		return float64(here.Metres(members.Point{Lat: n[0], Lon: n[1]})) <= n[2]
	}, nil
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

func oneOf(field string, values []string) fits {
	return func(d fakeDoc) bool {
		if many, ok := d[field].([]any); ok {
			return slices.ContainsFunc(many, func(v any) bool { return slices.Contains(values, fmt.Sprint(v)) })
		}
		return d[field] != nil && slices.Contains(values, fmt.Sprint(d[field]))
	}
}

// next takes a token, without its quotes.
func (r *filterReader) next() string {
	token := r.token()
	r.rest = strings.TrimLeft(r.rest, " ")[len(token):]
	return strings.Trim(token, `"`)
}

// token is the next token: a quoted value, a sign or a word.
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
