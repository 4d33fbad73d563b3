package web

import (
	"archive/zip"
	"encoding/json"
	"io"
	"time"

	"meent/internal/owndata"
	"meent/members"
)

// ownData is what one person takes with them.
type ownData struct {
	Parts []OwnPart
	Name  string
	At    time.Time
}

// sendOwnData writes the file piece by piece. Once it has begun no page can say
// that something went wrong: a file that breaks off does not open.
func (r *request) sendOwnData(d ownData) {
	name := r.t("owndata.file") + "-" + string(members.DayOf(d.At)) + ".zip"
	r.Header("Content-Type", "application/zip")
	r.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	r.Header("Cache-Control", "no-store")
	if err := r.writeOwnData(d); err != nil {
		r.web.Log.Warn("a file of somebody's own data broke off", "id", requestID(r.Request.Context()), "error", err)
	}
}

func (r *request) writeOwnData(d ownData) error {
	z := zip.NewWriter(r.Writer)
	err := d.file(z, "index.html", func(w io.Writer) error { return ownIndex(r, d).Render(r.Request.Context(), w) })
	if err != nil {
		return err
	}
	err = d.file(z, "style.css", func(w io.Writer) error {
		_, err := w.Write(r.web.static.Content("app.css"))
		return err
	})
	if err != nil {
		return err
	}
	if err := d.file(z, "data.json", d.json); err != nil {
		return err
	}
	for _, part := range d.Parts {
		for _, table := range part.Tables {
			if err := d.file(z, sheetName(table), table.CSV); err != nil {
				return err
			}
		}
	}
	return z.Close()
}

// file is one in the archive, of the time at which the data was read.
func (d ownData) file(z *zip.Writer, name string, write func(io.Writer) error) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: d.At})
	if err != nil {
		return err
	}
	return write(w)
}

// json is everything for programs: parts, in them tables, in them rows.
func (d ownData) json(w io.Writer) error {
	parts := map[string]map[string]owndata.Table{}
	for _, part := range d.Parts {
		parts[part.Name] = map[string]owndata.Table{}
		for _, table := range part.Tables {
			parts[part.Name][table.Name] = table
		}
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "\t")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(map[string]any{"made_at": d.At.UTC(), "parts": parts})
}

func sheetName(t owndata.Table) string { return "tables/" + t.Name + ".csv" }
