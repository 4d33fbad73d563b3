package stripeshape

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// answerFaults says what is wrong with an answer; nothing when it is right.
func (s *spec) answerFaults(method, path string, status int, body []byte) []string {
	want, err := s.answer(method, path, status)
	if err != nil {
		return []string{err.Error()}
	}
	v, err := decode(body)
	if err != nil {
		return []string{err.Error()}
	}
	return append(s.faults("", want, v), s.eventFaults("", v)...)
}

// objectFaults holds an object against the schema that its field "object" names.
func (s *spec) objectFaults(body []byte) []string {
	v, err := decode(body)
	if err != nil {
		return []string{err.Error()}
	}
	return append(s.thingFaults("", v), s.eventFaults("", v)...)
}

func decode(body []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err = d.Decode(&v); err != nil {
		return nil, fmt.Errorf("it is no JSON: %w", err)
	}
	return v, nil
}

func (s *spec) thingFaults(at string, v any) []string {
	named, ok := v.(map[string]any)
	if !ok {
		return []string{at + ": is no object"}
	}
	kind, _ := named["object"].(string)
	want, err := s.named(kind)
	if err != nil {
		return []string{at + ": " + err.Error()}
	}
	return s.faults(at, want, v)
}

// eventFaults looks into events, of which the description only says that they
// hold an object.
func (s *spec) eventFaults(at string, v any) (all []string) {
	o, _ := v.(map[string]any)
	switch o["object"] {
	case "event":
		data, _ := o["data"].(map[string]any)
		return s.thingFaults(join(at, "data.object"), data["object"])
	case "list":
		list, _ := o["data"].([]any)
		for _, one := range list {
			all = append(all, s.eventFaults(join(at, "data[]"), one)...)
		}
	}
	return slices.Compact(all)
}

// faults says in which places a value is not as it must be.
func (s *spec) faults(at string, want *schema, v any) []string {
	nullable := want.Nullable
	want, err := s.resolve(want)
	switch {
	case err != nil:
		return []string{err.Error()}
	case v == nil && (nullable || want.Nullable):
		return nil
	case v == nil:
		return []string{at + ": must not be null"}
	case len(want.AnyOf) > 0:
		return s.closest(at, want.AnyOf, v)
	case len(want.Enum) > 0 && !slices.ContainsFunc(want.Enum, func(one any) bool { return fmt.Sprint(one) == fmt.Sprint(v) }):
		return []string{fmt.Sprintf("%s: is %v, not one of %v", at, v, want.Enum)}
	}
	switch v := v.(type) {
	case map[string]any:
		return s.objectProblems(at, want, v)
	case []any:
		return s.listProblems(at, want, v)
	}
	return scalarProblems(at, want, v)
}

// closest is what is wrong with the alternative that fits best: an object says
// itself which it is.
func (s *spec) closest(at string, alternatives []*schema, v any) []string {
	var best []string
	near := false
	for _, one := range alternatives {
		found := s.faults(at, one, v)
		if len(found) == 0 {
			return nil
		}
		same := kindOf(v) != "" && s.kindOf(one) == kindOf(v)
		if best == nil || same && !near || same == near && len(found) < len(best) {
			best, near = found, same
		}
	}
	return best
}

// kindOf is what an object says that it is.
func kindOf(v any) string {
	o, _ := v.(map[string]any)
	kind, _ := o["object"].(string)
	return kind
}

func (s *spec) kindOf(one *schema) string {
	one, err := s.resolve(one)
	if err != nil || one.Properties["object"] == nil || len(one.Properties["object"].Enum) == 0 {
		return ""
	}
	return fmt.Sprint(one.Properties["object"].Enum[0])
}

// totalCount stands in some lists of Stripe's, and in no description.
const totalCount = "total_count"

func (s *spec) objectProblems(at string, want *schema, v map[string]any) (all []string) {
	if want.Type != "object" {
		return []string{fmt.Sprintf("%s: is an object, not %s", at, want.Type)}
	}
	for _, name := range want.Required {
		if _, there := v[name]; !there {
			all = append(all, join(at, name)+": is missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		switch field := want.Properties[name]; {
		case field != nil:
			all = append(all, s.faults(join(at, name), field, v[name])...)
		case want.Others != nil:
			all = append(all, s.faults(join(at, name), want.Others, v[name])...)
		case name == totalCount && want.Properties["has_more"] != nil:
		case len(want.Properties) > 0:
			all = append(all, join(at, name)+": Stripe has no such field")
		}
	}
	return all
}

func (s *spec) listProblems(at string, want *schema, v []any) (all []string) {
	if want.Type != "array" || want.Items == nil {
		return []string{fmt.Sprintf("%s: is a list, not %s", at, want.Type)}
	}
	for _, one := range v {
		for _, fault := range s.faults(at+"[]", want.Items, one) {
			if !slices.Contains(all, fault) {
				all = append(all, fault)
			}
		}
	}
	return all
}

func scalarProblems(at string, want *schema, v any) []string {
	got := ""
	switch v := v.(type) {
	case bool:
		got = "boolean"
	case string:
		got = "string"
		if want.MaxLength > 0 && utf8.RuneCountInString(v) > want.MaxLength {
			return []string{fmt.Sprintf("%s: has more than %d characters", at, want.MaxLength)}
		}
	case json.Number:
		got = "integer"
		if strings.ContainsAny(v.String(), ".eE") || want.Type == "number" {
			got = "number"
		}
	}
	if got != want.Type {
		return []string{fmt.Sprintf("%s: is %s, not %s", at, got, want.Type)}
	}
	return nil
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}
