package web

import (
	"context"
	"net/http"

	"meent/internal/owndata"
	"meent/members"
)

// Privacy reads and erases what all domains keep about one person.
type Privacy interface {
	// Export gives all of it, of one moment.
	Export(ctx context.Context, person members.PersonID) ([]OwnPart, error)
	// Holds gives what must end before the person can be erased.
	Holds(ctx context.Context, person members.PersonID) ([]members.Hold, error)
	// Erase erases the person everywhere or nowhere. It returns *members.Held and
	// members.ErrNotFound.
	Erase(ctx context.Context, person members.PersonID) error
}

// OwnPart is what one domain keeps about a person.
type OwnPart struct {
	Name   string
	Tables []owndata.Table
}

// showOwnData handles GET /account/data: what one can have, and how.
func showOwnData(r *request) error {
	return r.page(http.StatusOK, r.t("owndata.title"), ownDataBody(r))
}

// downloadOwnData handles POST /account/data: all that is kept about the person,
// as one file. That it was taken is written down before it goes.
func downloadOwnData(r *request) error {
	if err := r.limit(exportsOfPerson, r.actor.Person.String()); err != nil {
		return err
	}
	ctx := r.Request.Context()
	parts, err := r.web.Privacy.Export(ctx, r.actor.Person)
	if err != nil {
		return err
	}
	if err := r.web.Members.NoteExported(ctx, r.actor); err != nil {
		return err
	}
	r.sendOwnData(ownData{Parts: parts, Name: r.actor.Name, At: r.web.Now()})
	return nil
}
