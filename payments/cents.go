package payments

import (
	"fmt"
	"time"
)

// Cents is an amount of euros in whole cents.
type Cents int64

// String is for logs and tests; pages write amounts in the reader's language.
func (c Cents) String() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	return fmt.Sprintf("%s%d.%02d", sign, c/100, c%100)
}

// ForTime is what an hourly rate comes to over d, counted in whole minutes and
// rounded to the nearest cent, half a cent upwards. d and the rate are not
// negative.
func (c Cents) ForTime(d time.Duration) Cents {
	minutes := Cents(d / time.Minute)
	return (c*minutes + 30) / 60
}
