package web

import (
	"slices"
	"strconv"
	"strings"

	"meent/members"
	"meent/payments"
)

// changeLines say what each changed setting was and is, from what a deed wrote
// down.
func (r *request) changeLines(detail map[string]string) (lines []string) {
	for _, name := range members.SettingNames() {
		was, is := detail[name+"_was"], detail[name+"_is"]
		switch {
		case was == is: // it did not change
		case name == "forms":
			lines = append(lines, r.formLines(strings.Fields(was), strings.Fields(is))...)
		default:
			lines = append(lines, r.t("deeds.change", "What", r.words.With("settings."+name, nil),
				"Was", r.settingWords(name, was), "Is", r.settingWords(name, is)))
		}
	}
	return lines
}

// formLines say which work forms were switched on, and which off.
func (r *request) formLines(was, is []string) (lines []string) {
	if on := r.formsWithout(is, was); on != "" {
		lines = append(lines, r.t("settings.forms_on", "Forms", on))
	}
	if off := r.formsWithout(was, is); off != "" {
		lines = append(lines, r.t("settings.forms_off", "Forms", off))
	}
	return lines
}

// formsWithout names those that the others do not hold.
func (r *request) formsWithout(forms, others []string) string {
	var names []string
	for _, form := range forms {
		if !slices.Contains(others, form) {
			names = append(names, r.workForm(form))
		}
	}
	return strings.Join(names, ", ")
}

// settingWords says one setting; what is no number stays as it is.
func (r *request) settingWords(name, text string) string {
	if name == "public" {
		return r.yesNo(text == "on", "settings.on", "settings.off")
	}
	n, err := strconv.Atoi(text)
	switch {
	case name == "name" || err != nil:
		return text
	case name == "contribution", name == "late":
		return r.t("settings.percent", "Percent", r.words.Percent(members.BasisPoints(n)))
	case name == "rate":
		return r.words.Money(payments.Cents(n))
	case name == "notice":
		return r.words.N("settings.hours", n)
	}
	return r.words.N("settings.days", n)
}
