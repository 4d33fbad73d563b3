package stripeshape

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// spec is Stripe's description of its API. Its parts are read when they are
// asked for: it has 5.8 MB, and a test needs little of it.
type spec struct {
	Components struct{ Schemas map[string]json.RawMessage }
	Paths      map[string]map[string]json.RawMessage

	mu    sync.Mutex
	known map[string]*schema
	seen  map[string]bool // method and template of answers that were held against it
}

func (s *spec) note(method, path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[method+" "+s.template(method, path)] = true
}

// schema says what a value must look like; these are all words that the
// description uses of answers.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       string             `json:"type"`
	Nullable   bool               `json:"nullable"`
	Enum       []any              `json:"enum"`
	AnyOf      []*schema          `json:"anyOf"`
	Items      *schema            `json:"items"`
	Properties map[string]*schema `json:"properties"`
	Others     *schema            `json:"additionalProperties"`
	Required   []string           `json:"required"`
	MaxLength  int                `json:"maxLength"`
	Resource   string             `json:"x-resourceId"`
}

func readSpec(text []byte) (*spec, error) {
	s := &spec{known: map[string]*schema{}, seen: map[string]bool{}}
	return s, json.Unmarshal(text, s)
}

// named gives a schema by its name.
func (s *spec) named(name string) (*schema, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, found := s.known[name]; found {
		return known, nil
	}
	text, found := s.Components.Schemas[name]
	if !found {
		return nil, fmt.Errorf("stripeshape: Stripe has no %q", name)
	}
	read := &schema{}
	if err := json.Unmarshal(text, read); err != nil {
		return nil, fmt.Errorf("stripeshape: the description of %s: %w", name, err)
	}
	s.known[name] = read
	return read, nil
}

// resolve follows references.
func (s *spec) resolve(one *schema) (*schema, error) {
	for one.Ref != "" {
		next, err := s.named(strings.TrimPrefix(one.Ref, "#/components/schemas/"))
		if err != nil {
			return nil, err
		}
		one = next
	}
	return one, nil
}

// answer is the schema of what is answered to a request.
func (s *spec) answer(method, path string, status int) (*schema, error) {
	operation := s.operation(method, path)
	if operation == nil {
		return nil, fmt.Errorf("stripeshape: Stripe has no %s %s", method, path)
	}
	var read struct {
		Responses map[string]struct {
			Content map[string]struct{ Schema *schema }
		}
	}
	if err := json.Unmarshal(operation, &read); err != nil {
		return nil, err
	}
	kind := "default" // an error
	if status >= 200 && status <= 299 {
		kind = "200"
	}
	if found := read.Responses[kind].Content["application/json"].Schema; found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("stripeshape: Stripe answers no JSON to %s %s", method, path)
}

// operation is what the description says of a request, nothing when there is no
// such request.
func (s *spec) operation(method, path string) json.RawMessage {
	return s.Paths[s.template(method, path)][strings.ToLower(method)]
}

// template finds the address with the fewest parts that may be anything.
func (s *spec) template(method, path string) string {
	var fit []string
	for template, methods := range s.Paths {
		if methods[strings.ToLower(method)] != nil && fits(template, path) {
			fit = append(fit, template)
		}
	}
	if len(fit) == 0 {
		return ""
	}
	return slices.MinFunc(fit, func(a, b string) int { return cmp.Compare(strings.Count(a, "{"), strings.Count(b, "{")) })
}

func fits(template, path string) bool {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i, part := range want {
		if part != got[i] && (!strings.HasPrefix(part, "{") || got[i] == "") {
			return false
		}
	}
	return true
}
