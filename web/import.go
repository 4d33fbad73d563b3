package web

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"strconv"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// importPath is where files are uploaded: more may be sent there than elsewhere.
const importPath = "/import"

// showImport handles GET /import.
func showImport(r *request) error {
	return r.importPage(http.StatusOK, r.emptyForm())
}

// upload handles POST /import: nothing happens but that the file is looked at.
func upload(r *request) error {
	f, data, err := r.file("file", members.MostImport)
	if err != nil {
		return err
	}
	if len(data) == 0 {
		f.problems.Add("file", "missing", nil)
		return r.importPage(http.StatusUnprocessableEntity, f)
	}
	i, err := r.web.Members.Upload(r.Request.Context(), r.actor, members.ImportKind(f.text("kind")), data)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.importPage(http.StatusUnprocessableEntity, f)
	}
	return r.to("/import/" + i.String())
}

// file reads a form with a file of at most so many bytes, in memory. It returns
// errTooLarge, and errForm for what is none.
func (r *request) file(name string, most int64) (*form, []byte, error) {
	if err := r.Request.ParseMultipartForm(most + maxBody); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, nil, errTooLarge
		}
		return nil, nil, errForm
	}
	f := &form{request: r, values: r.Request.PostForm}
	file, _, err := r.Request.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) {
		return f, nil, nil
	}
	if err != nil {
		return nil, nil, errForm
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	return f, data, err
}

// showUpload handles GET /import/:import: what would happen, and what is wrong.
func showUpload(r *request) error {
	i, err := id.Parse[members.Import](r.Param("import"))
	if err != nil {
		return err
	}
	found, err := r.web.Members.Import(r.Request.Context(), r.actor, i)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("import.title"), uploadBody(r, found))
}

// confirmImport handles POST /import/:import: all of it, or nothing.
func confirmImport(r *request) error {
	i, err := id.Parse[members.Import](r.Param("import"))
	if err != nil {
		return err
	}
	found, err := r.web.Members.Import(r.Request.Context(), r.actor, i)
	if err != nil {
		return err
	}
	if err := r.web.Members.Confirm(r.Request.Context(), r.actor, i); err != nil {
		return err
	}
	r.flash("import.done")
	return r.to("/" + string(found.Kind))
}

// export handles GET /export/members.csv and GET /export/clients.csv.
func export(kind members.ImportKind) handler {
	return func(r *request) error {
		rows, err := r.web.Members.Export(r.Request.Context(), r.actor, kind)
		if err != nil {
			return err
		}
		file, err := sheetOf(rows)
		if err != nil {
			return err
		}
		r.Header("Content-Disposition", `attachment; filename="`+string(kind)+`.csv"`)
		r.Data(http.StatusOK, "text/csv; charset=utf-8", file)
		return nil
	}
}

// sheetOf writes rows as Dutch spreadsheets read them.
func sheetOf(rows [][]string) ([]byte, error) {
	file := bytes.NewBufferString("\xef\xbb\xbf")
	w := csv.NewWriter(file)
	w.Comma, w.UseCRLF = ';', true
	for _, row := range rows {
		for i := range row {
			row[i] = members.Harmless(row[i])
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return file.Bytes(), w.Error()
}

func (r *request) importPage(status int, f *form) error {
	return r.page(status, r.t("import.title"), importBody(r, f))
}

func (r *request) importKinds() (choices []ui.Choice) {
	for _, kind := range members.ImportKinds() {
		choices = append(choices, ui.Choice{Value: string(kind), Text: r.words.With("nav."+string(kind), nil), Hint: r.words.With("import.columns."+string(kind), nil)})
	}
	return choices
}

// mostWrong is how many problems of a file are listed.
const mostWrong = 100

// wrongTable lists what is wrong, cell by cell.
func (r *request) wrongTable(i members.Import) ui.Table {
	t := ui.Table{Caption: r.words.N("import.wrong", len(i.Wrong)), Heads: []ui.Head{
		{Text: r.t("import.line")}, {Text: r.t("import.column")}, {Text: r.t("import.problem")},
	}}
	for _, p := range i.Wrong[:min(mostWrong, len(i.Wrong))] {
		t.Rows = append(t.Rows, []string{strconv.Itoa(p.Line), r.importField(p.Field), r.words.With("problem."+p.Rule, r.told(p.Args))})
	}
	return t
}

func (r *request) importField(field string) string { return r.words.With("import.field."+field, nil) }

// firstTable shows the first rows as they were read.
func (r *request) firstTable(i members.Import) ui.Table {
	t := ui.Table{Caption: r.t("import.first")}
	for _, field := range i.Kind.Fields() {
		t.Heads = append(t.Heads, ui.Head{Text: r.importField(field)})
	}
	for _, cells := range i.First {
		var row []string
		for _, field := range i.Kind.Fields() {
			row = append(row, cmp.Or(cells[field], r.t("import.empty")))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
