package web

import (
	"cmp"
	"strconv"

	"meent/members"
)

func beginContact(f *form, k known) {
	f.set("channel", string(k.ContactWays.Channel))
	f.set("phone", k.Phone)
	if quiet := k.ContactWays.Quiet; quiet != nil {
		f.set("quiet-from", f.request.words.Quarter(quiet.From))
		f.set("quiet-until", f.request.words.Quarter(quiet.Until))
	}
	f.set("offers", strconv.Itoa(cmp.Or(k.ContactWays.MostOffers, members.MostOffersAtOnce)))
	f.set("rest", strconv.Itoa(k.ContactWays.RestDays))
}

func readContact(f *form, _ known) members.Answer {
	c := members.ContactWays{Channel: members.Channel(f.text("channel")), Phone: f.text("phone"), MostOffers: f.choice("offers"), RestDays: f.number("rest")}
	if f.text("quiet-from") != "" || f.text("quiet-until") != "" {
		c.Quiet = f.span("quiet-from", "quiet-until")
	}
	return c
}

func saysContact(r *request, k known) []string {
	if k.ContactWays.Channel == "" {
		return nil
	}
	lines := append([]string{r.words.With("profile.channel."+string(k.ContactWays.Channel), nil)}, some(k.Phone)...)
	if k.ContactWays.Quiet != nil {
		lines = append(lines, r.t("profile.quiet_text", "Time", r.words.QuarterSpan(k.ContactWays.Quiet.From, k.ContactWays.Quiet.Until)))
	}
	lines = append(lines, r.words.N("profile.offers_text", k.ContactWays.MostOffers))
	if k.ContactWays.RestDays > 0 {
		lines = append(lines, r.words.N("profile.rest_text", k.ContactWays.RestDays))
	}
	return lines
}
