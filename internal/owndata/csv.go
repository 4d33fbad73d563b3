package owndata

import (
	"encoding/csv"
	"io"
	"strings"
)

// CSV writes the table with its columns on the first line, as spreadsheets in
// the Netherlands read it. No cell is taken for a formula there.
func (t Table) CSV(to io.Writer) error {
	if _, err := io.WriteString(to, "\xef\xbb\xbf"); err != nil { // so that letters with accents are read rightly
		return err
	}
	w := csv.NewWriter(to)
	w.Comma, w.UseCRLF = ';', true
	if err := w.Write(t.Columns); err != nil {
		return err
	}
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, value := range row {
			cells[i] = harmless(Text(value))
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// harmless keeps a spreadsheet from taking a cell for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
