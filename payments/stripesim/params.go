package stripesim

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxAmount is Stripe's bound: eight digits.
const maxAmount = 99_999_999

const longestText = 5000

// params reads the form of a request. It keeps the first problem, and knows
// which parameters nobody read.
type params struct {
	values url.Values
	read   map[string]bool
	first  *apiError
}

// parseParams reads an encoded form. Text must be UTF-8 without NUL, because
// nothing else can be kept.
func parseParams(encoded string) (*params, *apiError) {
	values, err := url.ParseQuery(encoded)
	if err != nil {
		return nil, invalid("", "", "Invalid request: the parameters could not be decoded.")
	}
	for name, list := range values {
		for _, text := range append(list, name) {
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				return nil, invalid("invalid_characters", "", "Invalid request: a parameter holds characters that are not valid UTF-8 text.")
			}
		}
	}
	return &params{values: values, read: map[string]bool{}}, nil
}

func (p *params) refuse(e *apiError) {
	if p.first == nil {
		p.first = e
	}
}

// problem is what is wrong with the request, also that it holds something that
// is not known here.
func (p *params) problem() *apiError {
	for _, name := range slices.Sorted(maps.Keys(p.values)) {
		if !p.read[name] {
			p.refuse(invalid("parameter_unknown", name, "Received unknown parameter: %s", name))
		}
	}
	return p.first
}

func (p *params) has(name string) bool { return p.values.Has(name) }

// text is "" when the parameter is not there.
func (p *params) text(name string) string {
	p.read[name] = true
	list := p.values[name]
	if len(list) > 1 {
		p.refuse(invalid("", name, "Parameter %s was given more than once.", name))
	}
	text := p.values.Get(name)
	if utf8.RuneCountInString(text) > longestText {
		p.refuse(invalid("", name, "Invalid string: %s must be at most %d characters.", name, longestText))
	}
	return text
}

func (p *params) need(name string) string {
	text := p.text(name)
	if text == "" {
		p.refuse(invalid("parameter_missing", name, "Missing required param: %s.", name))
	}
	return text
}

// choice is one of the known values, the first when nothing is given.
func (p *params) choice(name string, known ...string) string {
	text := p.text(name)
	if text == "" {
		return known[0]
	}
	if !slices.Contains(known, text) {
		p.refuse(invalid("", name, "Invalid %s: must be one of %s", name, strings.Join(known, ", ")))
	}
	return text
}

// integer is otherwise when nothing is given.
func (p *params) integer(name string, otherwise int64) int64 {
	text := p.text(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		p.refuse(invalid("parameter_invalid_integer", name, "Invalid integer: %s", name))
	}
	return n
}

// amount is a number of cents, from one up.
func (p *params) amount(name string) int64 {
	p.need(name)
	n := p.integer(name, 0)
	switch {
	case n < 1:
		p.refuse(invalid("parameter_invalid_integer", name, "This value must be greater than or equal to 1."))
	case n > maxAmount:
		p.refuse(invalid("amount_too_large", name, "Amount must be no more than €999,999.99"))
	}
	return n
}

// euros refuses every other currency.
func (p *params) euros(name string) {
	if c := p.need(name); strings.ToLower(c) != "eur" {
		p.refuse(invalid("", name, "Invalid currency: only eur is known here."))
	}
}

// moment is a time in whole seconds; zero when nothing is given.
func (p *params) moment(name string) time.Time {
	n := p.integer(name, 0)
	if n < 0 || n > 253402300799 {
		p.refuse(invalid("parameter_invalid_integer", name, "Invalid timestamp: %s", name))
		return time.Time{}
	}
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

// metadata reads name[key]=value, within Stripe's bounds.
func (p *params) metadata(name string) map[string]string {
	all := map[string]string{}
	for full := range p.values {
		key, found := strings.CutPrefix(full, name+"[")
		if !found {
			continue
		}
		if text := p.text(full); text != "" {
			all[strings.TrimSuffix(key, "]")] = text
		}
		p.checkMetadata(full, strings.TrimSuffix(key, "]"), p.values.Get(full))
	}
	if len(all) > 50 {
		p.refuse(invalid("", name, "You can have up to 50 keys in %s.", name))
	}
	return all
}

func (p *params) checkMetadata(full, key, value string) {
	switch {
	case key == "" || strings.ContainsAny(key, "[]") || utf8.RuneCountInString(key) > 40:
		p.refuse(invalid("", full, "Metadata keys have 1 to 40 characters and no square brackets."))
	case utf8.RuneCountInString(value) > 500:
		p.refuse(invalid("", full, "Metadata values can have up to 500 characters."))
	}
}

// mostElements is Stripe's bound for line items.
const mostElements = 100

// indexes gives the names of an array's elements: name[0], name[1], ….
func (p *params) indexes(name string) (elements []string) {
	there := map[string]bool{}
	for full := range p.values {
		if rest, found := strings.CutPrefix(full, name+"["); found {
			number, _, _ := strings.Cut(rest, "]")
			there[number] = true
		}
	}
	for i := 0; there[strconv.Itoa(i)]; i++ {
		elements = append(elements, fmt.Sprintf("%s[%d]", name, i))
	}
	if len(elements) > mostElements {
		p.refuse(invalid("", name, "You can have up to %d %s.", mostElements, name))
		return nil
	}
	return elements
}
