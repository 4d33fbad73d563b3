package stripesim

import "time"

// object is a JSON object of Stripe's API.
type object map[string]any

func unix(t time.Time) int64 { return t.Unix() }

// orNull is how Stripe writes a text that was not given.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
