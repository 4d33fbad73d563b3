package web_test

import (
	"testing"

	"meent/members"
	"meent/payments"
	book "meent/web/words"
)

// TestEveryWordAboutMoneyIsThere, in both languages: of each state and cause that a
// page or a mail may say.
func TestEveryWordAboutMoneyIsThere(t *testing.T) {
	say, err := book.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := map[string][]string{
		"advance.state.":    texts(payments.AdvanceStates()),
		"advances.doubt.":   texts(payments.Doubts()),
		"held.why.":         texts(payments.HeldWhys()),
		"paystop.cause.":    texts(payments.StopCauses()),
		"difference.kind.":  texts(payments.DifferenceKinds()),
		"difference.about.": payments.AboutKinds(),
		"mail.back.":        texts(payments.BackKinds()),
		"settle.way.":       texts(payments.SettleWays()),
		"settle.way_hint.":  texts(payments.SettleWays()),
		"settle.line.":      texts(payments.SettleWays()),
		"settle.member.":    texts(payments.SettleWays()),
		"settle.why.":       payments.ReversalWhys(),
		"settle.state.":     {"asked", "approved", "done", "failed", "refused", "taken_back"},
	}
	for prefix, list := range words {
		if len(list) < 3 {
			t.Errorf("%s has only %v", prefix, list)
		}
		for _, word := range list {
			for _, locale := range []members.Locale{members.Dutch, members.English} {
				if text := say.In(locale).With(prefix+word, map[string]any{"Amount": "5", "Date": "vrijdag"}); text == "" || rawKey.MatchString(text) {
					t.Errorf("%s%s in %s reads %q", prefix, word, locale, text)
				}
			}
		}
	}
}

func texts[T ~string](list []T) (texts []string) {
	for _, one := range list {
		texts = append(texts, string(one))
	}
	return texts
}
