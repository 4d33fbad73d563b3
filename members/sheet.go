package members

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"meent/internal/check"
)

// Limits of a file that is imported.
const (
	MostImport     = 1 << 20 // bytes
	MostImportRows = 5000
)

// ImportKind is what a file holds.
type ImportKind string

// The kinds of file.
const (
	ImportMembers ImportKind = "members"
	ImportClients ImportKind = "clients"
)

// ImportKinds lists them.
func ImportKinds() []ImportKind { return []ImportKind{ImportMembers, ImportClients} }

// column is one of a file, by any of its names.
type column struct {
	field    string
	names    []string
	optional bool
}

func (k ImportKind) columns() []column {
	name := column{field: "name", names: []string{"naam", "name"}}
	place := column{field: "place", names: []string{"plaats", "woonplaats", "place"}}
	if k == ImportClients {
		return []column{name, {field: "kind", names: []string{"soort", "kind"}}, place,
			{field: "address", names: []string{"adres", "address"}, optional: true}}
	}
	return []column{name, {field: "email", names: []string{"e-mail", "email", "e-mailadres", "mail"}}, place,
		{field: "travel", names: []string{"reist", "travel"}}, {field: "reach", names: []string{"km", "kilometers", "reach"}},
		{field: "municipality", names: []string{"gemeente", "municipality"}, optional: true},
		{field: "state", names: []string{"lidmaatschap", "membership"}, optional: true}} // of an export; whoever is imported is referred
}

// Fields lists the columns that a file of this kind may have, in order.
func (k ImportKind) Fields() (fields []string) {
	for _, c := range k.columns() {
		fields = append(fields, c.field)
	}
	return fields
}

// sheetRow is one row of a file by field, and the line on which it stands.
type sheetRow struct {
	Line  int
	Cells map[string]string
}

// parseSheet reads a CSV file in UTF-8 or Windows-1252, with semicolons or
// commas. What is wrong with the whole of it is check.Problems at "file".
func parseSheet(kind ImportKind, data []byte) ([]sheetRow, error) {
	text, err := decodeSheet(data)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.FieldsPerRecord, reader.TrimLeadingSpace = separator(text), -1, true
	head, err := reader.Read()
	if err != nil {
		return nil, fileProblem("not_csv", map[string]any{"Line": 1})
	}
	fields, err := readHead(kind, head)
	if err != nil {
		return nil, err
	}
	return readRows(reader, fields)
}

func fileProblem(rule string, args map[string]any) error {
	return check.Problems{{Field: "file", Rule: rule, Args: args}}
}

func decodeSheet(data []byte) (string, error) {
	if len(data) > MostImport {
		return "", fileProblem("file_too_large", nil)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.ContainsRune(data, 0) { // a picture, a spreadsheet, UTF-16
		return "", fileProblem("not_csv", map[string]any{"Line": 1})
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(text), err
}

// separator is what the first line has more of.
func separator(text string) rune {
	head, _, _ := strings.Cut(text, "\n")
	if strings.Count(head, ",") > strings.Count(head, ";") {
		return ','
	}
	return ';'
}

// readHead says which field stands in each column.
func readHead(kind ImportKind, head []string) ([]string, error) {
	fields, seen := make([]string, len(head)), map[string]bool{}
	for i, cell := range head {
		fields[i] = kind.fieldOf(cell)
		if fields[i] == "" || seen[fields[i]] {
			return nil, fileProblem("unknown_column", map[string]any{"Column": i + 1})
		}
		seen[fields[i]] = true
	}
	for _, c := range kind.columns() {
		if !c.optional && !seen[c.field] {
			return nil, fileProblem("missing_column", map[string]any{"Name": c.names[0]})
		}
	}
	return fields, nil
}

func (k ImportKind) fieldOf(cell string) string {
	cell = strings.ToLower(strings.TrimSpace(cell))
	for _, c := range k.columns() {
		for _, name := range c.names {
			if cell == name {
				return c.field
			}
		}
	}
	return ""
}

func readRows(reader *csv.Reader, fields []string) (rows []sheetRow, err error) {
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return nil, fileProblem("not_csv", map[string]any{"Line": broken.StartLine})
		}
		if err != nil {
			return nil, err
		}
		if len(rows) == MostImportRows {
			return nil, fileProblem("too_many_rows", map[string]any{"Max": MostImportRows})
		}
		line, _ := reader.FieldPos(0)
		if len(record) > len(fields) {
			return nil, fileProblem("too_many_cells", map[string]any{"Line": line})
		}
		row := sheetRow{Line: line, Cells: map[string]string{}}
		for i, cell := range record {
			row.Cells[fields[i]] = strings.TrimSpace(cell)
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, fileProblem("no_rows", nil)
	}
	return rows, nil
}

// Harmless keeps a spreadsheet from taking a cell for a formula.
func Harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
