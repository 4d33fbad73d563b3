package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"meent/internal/id"
	"meent/members/coaching"
	"meent/web/ui"
)

// memberContacts handles GET /caseload/:member/contacts: what coaches did for
// the member, and how much time that took this month.
func memberContacts(r *request) error {
	before, err := r.contactBefore()
	if err != nil {
		return err
	}
	list, err := r.web.Coaching.Contacts(r.Request.Context(), r.actor, r.member.Member, before)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("contacts.title"), contactsBody(r, list, !before.IsZero()))
}

// takeContactBack handles POST /caseload/:member/contacts/:contact/back.
func takeContactBack(r *request) error {
	contact, err := id.Parse[coaching.Contact](r.Param("contact"))
	if err != nil {
		return err
	}
	if err := r.web.Coaching.TakeBack(r.Request.Context(), r.actor, r.member.Member, contact); err != nil {
		return err
	}
	r.flash("contacts.taken_back")
	return r.to(r.contactsPath())
}

// ownNotes handles GET /notes: everything that coaches wrote about the member.
func ownNotes(r *request) error {
	before, err := r.contactBefore()
	if err != nil {
		return err
	}
	list, err := r.web.Coaching.OwnContacts(r.Request.Context(), r.actor, before)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("contacts.own_title"), notesBody(r, list, !before.IsZero()))
}

// contactBefore is behind which contact the page goes on; none: from the newest.
func (r *request) contactBefore() (before coaching.ContactID, err error) {
	text := r.Query("before")
	if text == "" {
		return before, nil
	}
	return id.Parse[coaching.Contact](text)
}

func (r *request) contactsPath() string { return r.timelinePath() + "/contacts" }

// olderContacts leads behind the last contact shown.
func (r *request) olderContacts(path string, list coaching.ContactList) *ui.Link {
	if !list.Older {
		return nil
	}
	return &ui.Link{Text: r.t("sharing.older"), Path: path + "?before=" + list.List[len(list.List)-1].ID.String()}
}

// newestContacts leads back to the beginning.
func (r *request) newestContacts(path string, later bool) *ui.Link {
	if !later {
		return nil
	}
	return &ui.Link{Text: r.t("sharing.newest"), Path: path}
}

// contactFigures are this month's.
func (r *request) contactFigures(list coaching.ContactList) []ui.Figure {
	return []ui.Figure{
		{Number: strconv.Itoa(list.Count), Text: r.words.N("contacts.count", list.Count)},
		{Number: strconv.Itoa(list.Minutes), Text: r.words.N("contacts.minutes", list.Minutes)},
	}
}

// contactWord says how a coach was in touch, and for how long.
func (r *request) contactWord(c coaching.Contact) string {
	return r.contactKind(c.Kind) + ", " + r.words.Duration(time.Duration(c.Minutes)*time.Minute)
}

func (r *request) contactKind(k coaching.ContactKind) string {
	if k == coaching.OtherHelp {
		k = "other_help" // "other" would be a plural
	}
	return r.words.With("contacts.kind."+string(k), nil)
}

// contactWho says who wrote it, and when it was.
func (r *request) contactWho(c coaching.Contact) string {
	return c.By + ", " + r.words.LongDate(c.At) + ", " + r.words.Time(c.At)
}

// firstName is all that a phone keeps of a member.
func firstName(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}
