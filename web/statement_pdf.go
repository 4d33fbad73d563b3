package web

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"meent/web/ui"
)

// Sizes on paper: millimetres, and points for letters.
const (
	paperMargin = 18.0
	paperFoot   = 16.0
	lineHeight  = 5.2
	cellLine    = 4.4
	cellGap     = 1.6
	textSize    = 10.5
	cellSize    = 8.8
	letters     = "Go"
	letterBlack = 30
)

// sheet is a document while it is drawn.
type sheet struct {
	*fpdf.Fpdf
	foot  string
	pages int // of all, when they are known
}

// pdf draws the document on A4. The same document and moment give the same bytes.
// It is drawn twice, so that each page can say how many there are.
func (d document) pdf(lang string, at time.Time) ([]byte, error) {
	count, err := d.draw(lang, at, 0)
	if err != nil {
		return nil, err
	}
	s, err := d.draw(lang, at, count.PageCount())
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	err = s.Output(&file)
	return file.Bytes(), err
}

func (d document) draw(lang string, at time.Time, pages int) (*sheet, error) {
	s := &sheet{Fpdf: fpdf.New("P", "mm", "A4", ""), foot: d.foot, pages: pages}
	s.SetCatalogSort(true)
	s.SetCreationDate(at.UTC())
	s.SetModificationDate(at.UTC())
	s.SetLang(lang)
	s.SetTitle(onPaper(d.title), true)
	s.SetProducer("Meent", true)
	s.AddUTF8FontFromBytes(letters, "", goregular.TTF)
	s.AddUTF8FontFromBytes(letters, "B", gobold.TTF)
	s.SetMargins(paperMargin, paperMargin, paperMargin)
	s.SetAutoPageBreak(true, paperMargin+paperFoot)
	s.SetFooterFunc(s.footer)
	s.SetTextColor(letterBlack, letterBlack, letterBlack)
	s.AddPage()
	s.write(d)
	return s, s.Error()
}

func (s *sheet) write(d document) {
	s.title(d.title, 20, 0)
	s.terms(d.head)
	for _, p := range d.parts {
		s.part(p)
	}
	if len(d.end) > 0 {
		s.keep(lineHeight * float64(4+2*len(d.end)))
		s.Ln(4)
		s.terms(d.end)
	}
	s.Ln(2)
	s.text(d.note)
}

func (s *sheet) part(p part) {
	s.keep(30) // a heading does not stand alone at the end of a page
	s.Ln(5)
	s.title(p.heading, 14, 1)
	for _, text := range p.before {
		s.text(text)
	}
	switch {
	case len(p.table.Rows) > 0:
		s.Ln(1)
		s.table(p.table, p.widths)
	case p.none != "":
		s.text(p.none)
	}
	for _, text := range p.after {
		s.Ln(1)
		s.text(text)
	}
}

// title is a heading, and a bookmark by which readers find it.
func (s *sheet) title(text string, size float64, level int) {
	s.Bookmark(onPaper(text), level, -1)
	s.SetFont(letters, "B", size)
	s.MultiCell(0, size/2, onPaper(text), "", "L", false)
	s.Ln(1.5)
}

func (s *sheet) text(text string) {
	s.SetFont(letters, "", textSize)
	s.MultiCell(0, lineHeight, onPaper(text), "", "L", false)
}

// terms are a word and what it means, beside each other.
func (s *sheet) terms(list []ui.Term) {
	for _, t := range list {
		s.SetFont(letters, "B", textSize)
		s.CellFormat(38, lineHeight, onPaper(t.Word), "", 0, "L", false, 0, "")
		s.text(t.Meaning)
	}
}

// table draws a row after the other; a row that fits on a page is not cut, and
// each page begins with the headings.
func (s *sheet) table(t ui.Table, widths []int) {
	heads := make([]string, len(t.Heads))
	for i, head := range t.Heads {
		heads[i] = head.Text
	}
	s.row(t.Heads, heads, widths, "B", nil)
	again := func() { s.row(t.Heads, heads, widths, "B", nil) }
	for _, cells := range t.Rows {
		s.row(t.Heads, cells, widths, "", again)
	}
}

// row draws cells line by line, on as many pages as it takes.
func (s *sheet) row(heads []ui.Head, cells []string, widths []int, style string, again func()) {
	s.SetFont(letters, style, cellSize)
	lines, most := make([][]string, len(cells)), 0
	for i, cell := range cells {
		lines[i] = s.lines(cell, s.width(widths, i)-2*cellGap)
		most = max(most, len(lines[i]))
	}
	height := float64(most)*cellLine + 2*cellGap
	if s.GetY()+height > s.bottom() && height < s.bottom()-paperMargin-40 {
		s.next(again)
	}
	s.Ln(cellGap)
	for n := range most {
		if s.GetY()+cellLine > s.bottom() {
			s.next(again)
		}
		s.SetFont(letters, style, cellSize)
		for i := range cells {
			text, align := "", "L"
			if n < len(lines[i]) {
				text = lines[i][n]
			}
			if heads[i].Number {
				align = "R"
			}
			gap := s.GetX()
			s.SetX(gap + cellGap)
			s.CellFormat(s.width(widths, i)-2*cellGap, cellLine, text, "", 0, align, false, 0, "")
			s.SetX(gap + s.width(widths, i))
		}
		s.Ln(cellLine)
	}
	s.Ln(cellGap)
	s.SetDrawColor(150, 150, 150)
	s.Line(paperMargin, s.GetY(), paperMargin+s.whole(), s.GetY())
}

// lines breaks a text so that it fits.
func (s *sheet) lines(text string, width float64) (list []string) {
	for paragraph := range strings.SplitSeq(onPaper(text), "\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph == "" {
			list = append(list, "")
			continue
		}
		list = append(list, s.SplitText(paragraph, width)...)
	}
	return list
}

// next begins a page, with the headings of the table.
func (s *sheet) next(again func()) {
	s.AddPage()
	if again != nil {
		again()
	}
}

// keep begins a page when less than this is left.
func (s *sheet) keep(height float64) {
	if s.GetY()+height > s.bottom() {
		s.AddPage()
	}
}

func (s *sheet) whole() float64 {
	w, _ := s.GetPageSize()
	return w - 2*paperMargin
}

func (s *sheet) bottom() float64 {
	_, h := s.GetPageSize()
	return h - paperMargin - paperFoot
}

func (s *sheet) width(widths []int, i int) float64 { return s.whole() * float64(widths[i]) / 100 }

// footer says which statement it is, and which page of how many.
func (s *sheet) footer() {
	_, h := s.GetPageSize()
	s.SetY(h - paperFoot)
	s.SetFont(letters, "", cellSize)
	text := strings.NewReplacer("{page}", strconv.Itoa(s.PageNo()), "{pages}", strconv.Itoa(s.pages)).Replace(s.foot)
	s.CellFormat(0, lineHeight, onPaper(text), "", 0, "C", false, 0, "")
}

// onPaper leaves out what the letters do not have: signs that only join words,
// and those beyond the first plane of Unicode.
func onPaper(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u2060' || r == '\u200b' || r == '\ufeff' || r == '\r':
			return -1
		case r == '\u00a0' || r == '\u202f':
			return ' '
		case r > 0xffff:
			return '\u25a1'
		}
		return r
	}, text)
}
