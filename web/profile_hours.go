package web

import (
	"fmt"
	"strconv"

	"meent/members"
	"meent/payments"
)

func beginHours(f *form, k known) {
	if k.Hours.Wanted > 0 {
		f.set("wanted", strconv.Itoa(k.Hours.Wanted))
		f.set("most", strconv.Itoa(k.Hours.Most))
	}
}

func readHours(f *form, _ known) members.Answer {
	return members.Hours{Wanted: f.number("wanted"), Most: f.number("most")}
}

func saysHours(r *request, k known) []string {
	if k.Hours.Wanted == 0 {
		return nil
	}
	return []string{r.t("profile.hours_text", "Wanted", k.Hours.Wanted, "Most", k.Hours.Most)}
}

func beginRoom(f *form, k known) {
	switch {
	case k.Room == nil:
	case k.Room.Withheld:
		f.set("withheld", "yes")
	default:
		f.set("room", f.amount(k.Room.Cents))
	}
}

// amount writes an amount as people type it.
func (f *form) amount(cents int) string {
	comma := ","
	if f.request.words.Locale == members.English {
		comma = "."
	}
	return fmt.Sprintf("%d%s%02d", cents/100, comma, cents%100)
}

func readRoom(f *form, _ known) members.Answer {
	if f.text("withheld") == "yes" {
		return members.Room{Withheld: true}
	}
	return members.Room{Cents: int(f.cents("room"))}
}

func saysRoom(r *request, k known) []string {
	switch {
	case k.Room == nil:
		return nil
	case k.Room.Withheld:
		return []string{r.t("profile.withhold")}
	default:
		return []string{r.t("profile.room_text", "Amount", r.words.Money(payments.Cents(k.Room.Cents)))}
	}
}
