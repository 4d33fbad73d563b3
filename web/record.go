package web

import (
	"net/http"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// recordPeriod is of which days a record is.
type recordPeriod string

// The periods of a record, all of which end today but last year.
const (
	recordAll      recordPeriod = "all"
	recordMonths   recordPeriod = "months" // the last twelve
	recordThisYear recordPeriod = "this"
	recordLastYear recordPeriod = "last"
)

func recordPeriods() []recordPeriod {
	return []recordPeriod{recordAll, recordMonths, recordThisYear, recordLastYear}
}

// days are the first and the last; what is no period is all.
func (p recordPeriod) days(today members.Day) (from, until members.Day) {
	year := today[:4] + "-01-01"
	switch p {
	case recordMonths:
		return today.AddMonths(-12).AddDays(1), today
	case recordThisYear:
		return year, today
	case recordLastYear:
		return year.AddMonths(-12), year.AddDays(-1)
	default:
		return "", today
	}
}

// recordView is the record as its page shows it.
type recordView struct {
	period recordPeriod
	jobs.Record
	doc document
}

// recordWish reads what the member chose; what is none of the choices is the
// first of them.
func (r *request) recordWish() (recordPeriod, jobs.RecordWish) {
	period := recordAll
	for _, p := range recordPeriods() {
		if string(p) == r.Query("period") {
			period = p
		}
	}
	w := jobs.RecordWish{Own: r.Query("own") == "yes"}
	w.From, w.Until = period.days(members.DayOf(r.web.Now()))
	return period, w
}

// record reads the member's own.
func (r *request) record() (v recordView, err error) {
	period, wish := r.recordWish()
	v.period = period
	if v.Record, err = r.web.Jobs.Record(r.Request.Context(), r.actor, wish); err != nil {
		return v, err
	}
	v.doc = r.recordDoc(v.Record)
	return v, nil
}

// showRecord handles GET /record.
func showRecord(r *request) error {
	v, err := r.record()
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("record.title"), recordBody(r, v))
}

// recordPDF handles GET /record/pdf: for paper, in the language of the member.
func recordPDF(r *request) error {
	v, err := r.record()
	if err != nil {
		return err
	}
	file, err := v.doc.pdf(string(r.words.Locale), r.web.Now())
	if err != nil {
		return err
	}
	return r.sendRecord("pdf", "application/pdf", file)
}

// recordJSON handles GET /record/json: for programs.
func recordJSON(r *request) error {
	v, err := r.record()
	if err != nil {
		return err
	}
	file, err := r.recordFile(v.Record).json()
	if err != nil {
		return err
	}
	return r.sendRecord("json", "application/json", file)
}

func (r *request) sendRecord(ending, kind string, file []byte) error {
	return r.sendFile(r.t("record.file")+"-"+string(members.DayOf(r.web.Now()))+"."+ending, kind, file)
}

// sendFile lets the browser keep it, and nothing between.
func (r *request) sendFile(name, kind string, file []byte) error {
	r.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	r.Header("Cache-Control", "no-store")
	r.Data(http.StatusOK, kind, file)
	return nil
}

func (r *request) recordChoices() (choices []ui.Choice) {
	for _, p := range recordPeriods() {
		choices = append(choices, ui.Choice{Value: string(p), Text: r.words.With("record.period_of."+string(p), nil)})
	}
	return choices
}
