package web

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"meent/members"
	"meent/web/ui"
)

// deedLog is a page of what was done.
type deedLog struct {
	list  []members.Audited
	later bool // these are not the newest
}

// deeds handles GET /deeds: everything that was done in the cooperative;
// ?before= leads to what is older.
func deeds(r *request) error {
	before := r.before()
	list, err := r.web.Members.AuditLog(r.Request.Context(), r.actor, before)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("deeds.title"), deedsBody(r, deedLog{list: list, later: before > 0}))
}

// ownDeeds handles GET /account/deeds: what was done for the person, and what
// the person did.
func ownDeeds(r *request) error {
	list, err := r.web.Members.Concerning(r.Request.Context(), r.actor.Person)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("deeds.own"), ownDeedsBody(r, list))
}

// before is the number of the deed before which a page begins; 0: at the newest.
func (r *request) before() int64 {
	before, err := strconv.ParseInt(r.Query("before"), 10, 64)
	if err != nil || before < 0 {
		return 0
	}
	return before
}

// older leads to what came before the last of this page, if that may be anything.
func (l deedLog) older(text, path, part string) *ui.Link {
	if len(l.list) < members.AuditPage {
		return nil
	}
	return &ui.Link{Text: text, Path: path + "?before=" + strconv.FormatInt(l.list[len(l.list)-1].Seq, 10) + part}
}

// newest leads back to the beginning.
func (l deedLog) newest(text, path, part string) *ui.Link {
	if !l.later {
		return nil
	}
	return &ui.Link{Text: text, Path: path + part}
}

// deedName says what was done.
func (r *request) deedName(a members.Audited) string { return r.words.With("audit.what."+a.What, nil) }

// deedBy says who did it, and as what.
func (r *request) deedBy(a members.Audited) string {
	role := r.words.With("audit.role."+string(a.ByKind), nil)
	switch {
	case a.By.IsZero():
		return role
	case !a.Helper.IsZero():
		return r.deedHelped(a, role)
	case a.By == r.actor.Person:
		return r.t("deeds.you", "Role", role)
	case a.ByName == "":
		return r.t("deeds.somebody", "Role", role)
	}
	return r.t("deeds.by", "Name", a.ByName, "Role", role)
}

// deedFor says whom it concerns; nothing where that is nobody, or who did it.
func (r *request) deedFor(a members.Audited) string {
	switch {
	case a.For.IsZero() || a.For == a.By:
		return ""
	case a.For == r.actor.Person:
		return r.t("deeds.for_you")
	}
	return r.t("deeds.for", "Name", a.ForName)
}

// deedWhen says when it was written down.
func (r *request) deedWhen(a members.Audited) string {
	return r.t("deeds.when", "Day", r.words.DayOf(members.DayOf(a.At)), "Time", r.words.Time(a.At))
}

// deedLines say more about what was done, where its details have words.
func (r *request) deedLines(a members.Audited) []string {
	switch {
	case a.What == members.SettingsChanged:
		return r.changeLines(a.Detail)
	case a.Detail["kind"] != "" && a.Detail["cents"] != "":
		return []string{r.figureLine(a.Detail)}
	}
	return nil
}

// deedMarks are what programs wrote beside it: its number, what it was done to,
// and details as they stand in the log.
func (r *request) deedMarks(a members.Audited) []ui.Term {
	marks := []ui.Term{{Word: r.t("deeds.number"), Meaning: strconv.FormatInt(a.Seq, 10)}}
	if a.Ref != "" {
		marks = append(marks, ui.Term{Word: r.t("deeds.ref"), Meaning: a.Ref})
	}
	if len(r.deedLines(a)) > 0 {
		return marks
	}
	for _, name := range slices.Sorted(maps.Keys(a.Detail)) {
		marks = append(marks, ui.Term{Word: name, Meaning: a.Detail[name]})
	}
	return marks
}

// deedHelped says who did it in whose name: both names, always.
func (r *request) deedHelped(a members.Audited, role string) string {
	helper := a.HelperName
	if helper == "" {
		helper = r.t("deeds.helper_gone")
	}
	switch r.actor.Person {
	case a.By:
		return r.t("deeds.helped_you", "Helper", helper, "Role", role)
	case a.Helper:
		return r.t("deeds.you_helped", "Name", a.ByName, "Role", role)
	}
	return r.t("deeds.helped", "Helper", helper, "Name", a.ByName, "Role", role)
}
