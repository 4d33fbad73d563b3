package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/browse"
)

// post does one step of a gig for a morning in three days, unless it stands among
// the client's own. A draft is found again on the first page.
func (s *story) post(ctx context.Context) (bool, error) {
	home, err := s.open(ctx, s.client, "/home")
	if err != nil {
		return false, err
	}
	begun := home.Link("/gigs/", title)
	if begun == "" {
		page, err := s.open(ctx, s.client, "/gigs/new")
		if err != nil {
			return false, err
		}
		page, err = s.fillIn(ctx, page, "gig")
		if err == nil {
			_, err = s.fillIn(ctx, page, "title")
		}
		return false, err
	}
	field, unfinished := map[string]string{"what": "title", "when": "shift-1-date-day", "price": "rate"}[path.Base(begun)]
	if !unfinished {
		return true, nil
	}
	page, err := s.open(ctx, s.client, begun)
	if err == nil {
		_, err = s.fillIn(ctx, page, field)
	}
	return false, err
}

// fillIn answers the step that has this field, and presses its button.
func (s *story) fillIn(ctx context.Context, page *browse.Page, field string) (*browse.Page, error) {
	f, ok := page.FormWith(field)
	if !ok {
		return nil, fmt.Errorf("there is no form with %s for a new gig: %s", field, page.Text())
	}
	day := time.Now().Add(s.house.clock + 72*time.Hour)
	button := ""
	switch field {
	case "title":
		for name, value := range map[string]string{"title": title, "description": "Drie uur ramen wassen. Wij leggen alles uit.", "load": "light", "support": "yes", "others": "yes"} {
			f.Set(name, value)
		}
	case "shift-1-date-day":
		for name, value := range map[string]string{"date-day": strconv.Itoa(day.Day()), "date-month": strconv.Itoa(int(day.Month())),
			"date-year": strconv.Itoa(day.Year()), "starts-hour": "9", "ends-hour": "12"} {
			f.Set("shift-1-"+name, value)
		}
	case "rate":
		f.Set("rate", "18,00")
		button = "post=yes"
	}
	page, err := s.press(ctx, s.client, f, button)
	if err == nil && page.Status != http.StatusOK {
		err = fmt.Errorf("posting gave %d: %s", page.Status, page.Text())
	}
	return page, err
}

// beAsked finds who has the most points, and whether they see the offer.
func (s *story) beAsked(ctx context.Context) (bool, error) {
	const query = `
		SELECT '/offers/' || o.id, m.role_id::text FROM matching.offer o
		JOIN jobs.shift s ON s.id = o.shift_id JOIN jobs.gig g ON g.id = s.gig_id JOIN members.member m ON m.id = o.member_id
		WHERE g.title = $1 ORDER BY o.points DESC, sha256(uuid_send(o.shift_id) || uuid_send(o.member_id)) LIMIT 1`
	var role string
	err := s.rig.db.QueryRow(ctx, query, title).Scan(&s.offer, &role)
	if errors.Is(err, pgx.ErrNoRows) {
		_, err = s.open(ctx, s.client, "/home") // the client looks how it stands
		return false, err
	}
	if err == nil && s.member.role == "" {
		s.member, err = s.meet(role)
	}
	if err != nil {
		return false, err
	}
	home, err := s.open(ctx, s.member, "/home")
	return err == nil && home.Link(s.offer, "") != "", err
}

func (s *story) sayYes(ctx context.Context) (bool, error) {
	page, err := s.open(ctx, s.member, s.offer)
	if err != nil {
		return false, err
	}
	return s.pressOnce(ctx, s.member, page, "/yes")
}

// hearOfIt finds the work on the member's first page.
func (s *story) hearOfIt(ctx context.Context) (bool, error) {
	home, err := s.open(ctx, s.member, "/home")
	if err != nil {
		return false, err
	}
	s.engagement = home.Link("/engagements/", title)
	return s.engagement != "", nil
}

// propose sends the three hours that stand in the form.
func (s *story) propose(ctx context.Context) (bool, error) {
	page, err := s.open(ctx, s.member, s.engagement)
	if err != nil {
		return false, err
	}
	return s.pressOnce(ctx, s.member, page, "/hours")
}

func (s *story) agree(ctx context.Context) (bool, error) {
	page, err := s.open(ctx, s.client, s.engagement)
	if err != nil {
		return false, err
	}
	return s.pressOnce(ctx, s.client, page, "/agree")
}

// pay goes from the bill to the checkout, as long as the bill asks for it. Who
// saw that it was paid only waits for the bill to say so.
func (s *story) pay(ctx context.Context) (bool, error) {
	bills, err := s.open(ctx, s.client, "/bills")
	if err != nil {
		return false, err
	}
	if s.bill = bills.Link("/bills/", title); s.bill == "" {
		return false, nil
	}
	page, err := s.open(ctx, s.client, s.bill)
	if err != nil {
		return false, err
	}
	f, due := page.Form("/pay")
	if !due || s.paid {
		return !due, nil
	}
	if page, err = s.press(ctx, s.client, f, ""); err != nil {
		return false, err
	}
	f, ok := page.FormWith("card")
	if !ok {
		return false, nil // paid already: the bill says so next time
	}
	f.Set("card", "4242424242424242")
	page, err = s.press(ctx, s.client, f, "")
	s.paid = err == nil && page.URL.Path == s.bill
	return false, err
}

// bePaid waits until the member's page says that the bank has the money.
func (s *story) bePaid(ctx context.Context) (bool, error) {
	page, err := s.open(ctx, s.member, s.engagement)
	if err != nil {
		return false, err
	}
	return page.Says("Je bank kreeg het geld op"), nil
}
